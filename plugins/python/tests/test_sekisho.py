"""The package as it is installed: single items, limits, threads, errors."""
import json
import subprocess
import sys
import threading
import time
import unittest

import limits
import pytest

import sekisho

RIFLE = "RIFLE,5.56 MILLIMETER M4"


def test_golden_single(engine, cases):
    for name, description, part_number, expected in cases:
        assert engine.classify_json(description, part_number) == expected, name


def test_nothing_said(engine, cases):
    wanted = next(case[3] for case in cases if case[1] == "-")
    assert engine.classify_json() == engine.classify_json("", "") == engine.classify_json(manufacturer="ACME") == wanted


def test_result_is_the_json(engine):
    result = engine.classify(RIFLE, id="7")
    assert result == json.loads(engine.classify_json(RIFLE, id="7"))
    assert result["id"] == "7"
    assert result["lists"][0]["candidates"][0]["evidence"][0]["text"] in RIFLE


def test_item_and_context(engine):
    assert engine.classify("ROCKET", attributes={"range": "310 km"}) != engine.classify("ROCKET")
    assert engine.classify("RADAR SET", kind="technology")["lists"] != engine.classify("RADAR SET")["lists"]
    assert engine.classify("TABLE", as_of="2020-01-01")["taxonomy"]["as_of"] == "2020-01-01"
    asked = engine.classify(RIFLE, treaties=["us-jp-dtct"])["treaties"]
    assert [t["treaty"] for t in asked] == ["us-jp-dtct"]
    assert engine.classify(RIFLE, treaties="none")["treaties"] == []
    assert engine.classify(part_number="AN/PVS-14", nsn=None) == engine.classify(None, "AN/PVS-14")


def test_many(engine):
    items = [RIFLE, {"description": "TABLE", "id": "b"}, {"part_number": "AN/PVS-14", "as_of": "2021-01-01"}]
    got = list(engine.classify_many(iter(items), as_of="2020-01-01"))
    assert [r["id"] for r in got] == [None, "b", None]
    assert [r["taxonomy"]["as_of"] for r in got] == ["2020-01-01", "2020-01-01", "2021-01-01"]


@pytest.mark.parametrize("keywords, status, words", [
    ({"as_of": "soon"}, "SEKISHO_E_BAD_DATE", "hint: write it as YYYY-MM-DD"),
    ({"attributes": {"colour": "red"}}, "SEKISHO_E_BAD_ATTRIBUTE", "no such measure"),
    ({"treaties": "nato"}, "SEKISHO_E_UNKNOWN_TREATY", "no treaty"),
    ({"destination": "Japan"}, "SEKISHO_E_INVALID_ARGUMENT", "no country code"),
])
def test_errors_of_the_library(engine, keywords, status, words):
    with pytest.raises(sekisho.Error, match=words) as caught:
        engine.classify(RIFLE, **keywords)
    assert caught.value.status == status
    assert isinstance(caught.value, ValueError)


def test_errors_of_the_caller(engine):
    with pytest.raises(ValueError, match="kind 'hardware' is none"):
        engine.classify(RIFLE, kind="hardware")
    with pytest.raises(TypeError):
        engine.classify(42)
    with pytest.raises(TypeError):
        engine.classify(RIFLE, attributes={"range": 310})
    with pytest.raises(TypeError):
        engine.classify(RIFLE, colour="red")
    with pytest.raises(UnicodeEncodeError):
        engine.classify("\ud800")


def test_engines(tmp_path, engine):
    with pytest.raises(sekisho.Error) as caught:
        sekisho.Engine(tmp_path / "no.pack")
    assert caught.value.status == "SEKISHO_E_NOT_FOUND"
    (tmp_path / "bad.pack").write_bytes(b"not a pack at all" * 100)
    with pytest.raises(sekisho.Error) as caught:
        sekisho.Engine(tmp_path / "bad.pack")
    assert caught.value.status == "SEKISHO_E_NOT_A_PACK"
    with pytest.raises(sekisho.Error, match='no list "usml"'):
        sekisho.Engine(lists=["usml"])
    two = sekisho.Engine(lists=["us-usml", "us-ccl"])
    assert [found["list"] for found in two.classify(RIFLE)["lists"]] == ["us-usml", "us-ccl"]
    assert engine.lists == ["us-usml", "us-ccl", "jp-etco", "jp-feo"]


LIMITS = [("max_input_bytes", 2**32 - 1), ("max_matches", 2**32 - 1), ("max_steps", 2**64 - 1),
          ("max_memory_bytes", 2**64 - 1)]


@pytest.mark.parametrize("name, greatest", LIMITS)
def test_each_limit_holds(engine, cli, name, greatest):
    def judged(most):
        return sekisho.Engine(**{name: most}).classify_json(limits.ITEM)

    limits.check(unittest.TestCase(), name, judged, cli)
    assert judged(greatest) == engine.classify_json(limits.ITEM)
    assert limits.least(cli, "max_input_bytes") == len(limits.ITEM)


@pytest.mark.parametrize("name, greatest", LIMITS)
def test_bad_limits(name, greatest):
    for wrong in (-1, greatest + 1, 2**70):
        with pytest.raises(ValueError, match=f"{name} {wrong} is out of range .*to {greatest}"):
            sekisho.Engine(**{name: wrong})
    for wrong in (1.5, float("nan"), "10", None):
        with pytest.raises(TypeError, match=f"{name} {wrong!r} is no int"):
            sekisho.Engine(**{name: wrong})


def test_versions(engine, cli):
    printed = subprocess.run([cli, "version"], capture_output=True, text=True, check=True).stdout
    for key in ("engine", "taxonomy", "digest", "unicode"):
        assert engine.versions[key] in printed
    assert engine.versions["abi"] == 1


def test_threads_share_an_engine(engine, cases):
    wrong = []

    def work():
        for name, description, part_number, expected in cases:
            if engine.classify_json(description, part_number) != expected:
                wrong.append(name)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_lock_of_the_interpreter_is_released(engine):
    """Another thread goes on while a long item is judged."""
    steps, stop = [0], threading.Event()

    def count():
        while not stop.is_set():
            steps[0] += 1
            time.sleep(0.0005)  # gives the lock up by itself

    counter = threading.Thread(target=count)
    text = "RADAR SET, RIFLE, MISSILE " * 2000
    interval = sys.getswitchinterval()
    counter.start()
    sys.setswitchinterval(1000)  # nobody is made to give the lock up
    try:
        before = steps[0]
        for _ in range(50):
            engine.classify_json(text)
        assert steps[0] > before
    finally:
        sys.setswitchinterval(interval)
        stop.set()
        counter.join()
