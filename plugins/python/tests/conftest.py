import os
import pathlib
import sys

import pytest

import sekisho

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "tests" / "hosts"))
import golden  # noqa: E402


@pytest.fixture(scope="session")
def cli():
    return os.environ["SEKISHO_CLI"]


@pytest.fixture(scope="session")
def cases(cli):
    return golden.cases(cli)


@pytest.fixture(scope="session")
def engine():
    return sekisho.Engine()
