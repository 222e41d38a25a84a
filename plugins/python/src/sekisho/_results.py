"""The shapes of results: those of the JSON, schema 1, that every host of Sekisho gives."""
from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired


class Note(TypedDict):
    """Something missing, or a notice: an id that programs may rely on, and words."""

    id: str
    en: str
    ja: str


class Evidence(TypedDict):
    """What of the item a candidate rests on. ``begin`` and ``end`` count bytes of the field's UTF-8."""

    field: str
    begin: int
    end: int
    text: str
    concept: NotRequired[str]
    measure: NotRequired[str]
    system: NotRequired[str]
    role: str


class Candidate(TypedDict):
    entry: str
    verdict: str
    score: float
    title: str
    cite: str
    flags: list[str]
    missing: list[Note]
    evidence: list[Evidence]
    title_ja: NotRequired[str]
    clause: NotRequired[str]
    note: NotRequired[str]


class ListResult(TypedDict):
    list: str
    verdict: str
    candidates: list[Candidate]


class Treaty(TypedDict):
    """The members that every verdict has; further ones are in docs/treaties.md."""

    treaty: str
    verdict: str
    hypothetical: bool


class Taxonomy(TypedDict):
    version: str
    digest: str
    as_of: str


class Result(TypedDict):
    schema: int
    id: str | None
    taxonomy: Taxonomy
    lists: list[ListResult]
    treaties: list[Treaty]
    notices: list[Note]


class Versions(TypedDict):
    engine: str
    abi: int
    taxonomy: str
    digest: str
    as_of: str
    unicode: str
