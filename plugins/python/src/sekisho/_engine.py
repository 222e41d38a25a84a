"""The engine: names and checks the arguments, leaves the work to the library."""
from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from . import _native
from ._limits import limits
from ._results import Result, Versions

_KINDS = {"goods": 0, "technology": 1, "software": 2, "service": 3}
_SALES = {None: 0, "fms": 1, "dcs": 2}
_COLUMNS = {"candidates": 1, "notices": 2, "treaties": 4, "json": 8}
_VERDICTS, _DICTIONARY = 16, 32


def _choice(name: str, value: Any, choices: Mapping[Any, int]) -> int:
    if value in choices:
        return choices[value]
    raise ValueError(f"{name} {value!r} is none (hint: {', '.join(repr(c) for c in choices)})")


def _joined(names: str | Iterable[str] | None) -> str | None:
    return names if names is None or isinstance(names, str) else ",".join(names)


def _context(as_of=None, origin=None, destination=None, classified=False, treaties=None, via=None, sale=None):
    return (as_of, origin, destination, _joined(treaties), _joined(via), classified, _choice("sale", sale, _SALES))


class Engine:
    """A compiled taxonomy and the means to judge by it. Use one for all threads; the interpreter's lock is released
    while it works.

    ``taxonomy`` is the path of a compiled pack (default: the one that is part of the library), ``lists`` the lists to
    judge by (default: all).

    The others are limits of what is done for one item; 0 is the default. Beyond one of them no list is better than
    ``unknown``, and a notice says which it was. ``max_input_bytes``: of all its text but the id (default: 65,536).
    ``max_matches``: phrases and designators of a text (4,096); ``max_steps``: words and bytes that are followed to match
    it (16,777,216); beyond these two, candidates that were found stay. ``max_memory_bytes``: of its words, matches and
    result (67,108,864). The first two go up to 2**32 - 1, the others up to 2**64 - 1.
    """

    def __init__(self, taxonomy: str | os.PathLike[str] | None = None, *, lists: str | Iterable[str] | None = None,
                 max_input_bytes: int = 0, max_matches: int = 0, max_steps: int = 0, max_memory_bytes: int = 0) -> None:
        self._native = _native.Engine(taxonomy, _joined(lists), limits(
            max_input_bytes=max_input_bytes, max_matches=max_matches, max_steps=max_steps,
            max_memory_bytes=max_memory_bytes))

    @property
    def versions(self) -> Versions:
        """Engine, ABI, taxonomy with digest and date, Unicode."""
        return self._native.versions()

    @property
    def lists(self) -> list[str]:
        """The lists of the taxonomy."""
        return self._native.lists()

    def classify_json(self, description: str | None = None, part_number: str | None = None, *, id: str | None = None,
                      nsn: str | None = None, manufacturer: str | None = None, kind: str = "goods",
                      attributes: Mapping[str, str] | None = None, **context: Any) -> str:
        """The result of one item as JSON, byte for byte what the command line prints."""
        item = (id, description, part_number, nsn, manufacturer, _choice("kind", kind, _KINDS),
                None if attributes is None else dict(attributes))
        return self._native.classify(item, _context(**context))

    def classify(self, description: str | None = None, part_number: str | None = None, **item_and_context: Any) -> Result:
        """Judges one item. Further keywords: ``id``, ``nsn``, ``manufacturer``, ``kind`` ("goods", "technology",
        "software", "service"), ``attributes`` ({"range": "310 km"}); and of the transaction ``as_of`` ("2026-11-21"),
        ``origin``, ``destination`` ("JP"), ``classified``, ``treaties``, ``via``, ``sale`` ("fms", "dcs").

        Raises ``sekisho.Error`` where the library refuses, as for a date that is none.
        """
        return json.loads(self.classify_json(description, part_number, **item_and_context))

    def classify_many(self, items: Iterable[str | Mapping[str, Any]], **context: Any) -> Iterator[Result]:
        """Judges item after item: texts, or mappings with the keywords of ``classify``."""
        for item in items:
            yield self.classify(item, **context) if isinstance(item, str) else self.classify(**{**context, **item})

    def classify_table(self, table: Any, *, columns: Iterable[str] = ("candidates", "notices"), batch_rows: int = 8192,
                       dictionaries: bool = False, **context: Any) -> Verdicts:
        """Judges a table: a pyarrow, Polars or pandas one, a DuckDB relation, or anything else that has
        ``__arrow_c_stream__`` or ``__arrow_c_array__``. The text is read where it stands.

        It needs a column ``description``; ``part_number``, ``nsn``, ``manufacturer``, ``kind``, ``id``, ``as_of``,
        ``origin``, ``destination``, ``classified`` and ``attributes`` are read where they are, others left alone. What
        comes out has as many rows, in the same order: ``verdict``, a column for each list, ``error``, and of
        ``columns`` "candidates", "notices", "treaties", "json" those asked for. With ``dictionaries`` text that recurs
        (verdicts, entries, titles, …) is dictionary-encoded: less memory and time, where the reader understands it.

        Nothing is done before the verdicts are read, in batches of at most ``batch_rows`` rows; what is wrong with the
        table itself is then raised by whoever reads them.
        """
        names = {columns} if isinstance(columns, str) else set(columns)
        bits = sum(_choice("column", name, _COLUMNS) for name in names)
        if not 1 <= batch_rows <= 1 << 31:
            raise ValueError("batch_rows must be at least 1, and at most 2**31")
        if hasattr(table, "__arrow_c_stream__"):
            capsules = (table.__arrow_c_stream__(),)
        elif hasattr(table, "__arrow_c_array__"):
            capsules = tuple(table.__arrow_c_array__())
        else:
            raise TypeError(f"{type(table).__name__} has neither __arrow_c_stream__ nor __arrow_c_array__"
                            " (hint: a pyarrow, Polars or pandas table)")
        bits |= _VERDICTS | (_DICTIONARY if dictionaries else 0)
        return Verdicts(self._native.stream(capsules, bits, batch_rows, _context(**context)))


class Verdicts:
    """Verdicts on the way. Hand it to what reads Arrow streams, once: ``pyarrow.table(v)``,
    ``pyarrow.RecordBatchReader.from_stream(v)``, ``polars.DataFrame(v)``."""

    def __init__(self, capsule: object) -> None:
        self._capsule: object | None = capsule

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        if self._capsule is None:
            raise RuntimeError("the verdicts have been read before (hint: classify_table again)")
        capsule, self._capsule = self._capsule, None
        return capsule
