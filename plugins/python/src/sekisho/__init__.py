"""Export-control classification of item descriptions, English and Japanese.

    import sekisho
    engine = sekisho.Engine()
    result = engine.classify("GOGGLE,NIGHT VISION", part_number="AN/PVS-14")
    for found in result["lists"]:
        print(found["list"], found["verdict"], [c["entry"] for c in found["candidates"]])

Whole tables go through ``Engine.classify_table``, which takes and gives everything that speaks the Arrow PyCapsule
protocol. It is an aid to people who classify: ``no_match`` says that nothing was found in the loaded lists, and nothing
else.
"""
from ._engine import Engine, Verdicts
from ._native import Error
from ._results import Candidate, Evidence, ListResult, Note, Result, Taxonomy, Treaty, Versions

__all__ = ["Candidate", "Engine", "Error", "Evidence", "ListResult", "Note", "Result", "Taxonomy", "Treaty", "Verdicts",
           "Versions"]
__version__ = "0.1.0"
