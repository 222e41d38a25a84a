"""The limits of what is done for one item, checked: their meaning and their defaults are those of sekisho.h."""
from __future__ import annotations

import operator
from typing import Any, NamedTuple


class Limits(NamedTuple):
    """0 is the library's default. In the order in which ``_native`` reads them."""

    max_input_bytes: int = 0
    max_matches: int = 0
    max_steps: int = 0
    max_memory_bytes: int = 0


_GREATEST = Limits(2**32 - 1, 2**32 - 1, 2**64 - 1, 2**64 - 1)


def limits(**given: Any) -> Limits:
    return Limits(**{name: _whole(name, value, getattr(_GREATEST, name)) for name, value in given.items()})


def _whole(name: str, value: Any, greatest: int) -> int:
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} {value!r} is no int (hint: a whole number from 1 on, or 0 for the default)") from None
    if not 0 <= number <= greatest:
        raise ValueError(f"{name} {number} is out of range (hint: from 1 to {greatest}, or 0 for the default)")
    return number
