"""Sekisho in Spark: a DataFrame classified where its rows are.

    import sekisho.spark
    parts = spark.read.parquet("parts.parquet")              # columns: description, part_number, …
    sekisho.spark.classify(parts, lists="us-usml,us-ccl").where("verdict != 'no_match'").show()
    sekisho.spark.classify_to_parquet(parts, "classified.parquet", lists="us-usml,us-ccl")

Every Python worker of an executor holds one engine, and hands it whole Arrow batches. The package needs to be installed
where the driver runs; from there it goes to the executors with the job, and the pack does too.
"""
from __future__ import annotations

import dataclasses
import functools
import pathlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyspark import SparkFiles
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
from pyspark.sql.types import StructType

from . import _spark_sink as _sink
from ._engine import Engine
from ._limits import Limits, limits

if TYPE_CHECKING:
    import os

    from pyarrow.fs import FileSystem
    from pyspark.sql import DataFrame, SparkSession

    from ._results import Versions

_PACKAGE = pathlib.Path(__file__).parent


def classify(frame: DataFrame, *, taxonomy: str | os.PathLike[str] | None = None,
             lists: str | Iterable[str] | None = None, columns: str | Iterable[str] = ("candidates", "notices"),
             max_input_bytes: int = 0, max_matches: int = 0, max_steps: int = 0, max_memory_bytes: int = 0,
             installed: bool = False, **context: Any) -> DataFrame:
    """The frame with verdicts: all its columns, then ``verdict``, a column for each list, ``error``, and of "candidates",
    "notices", "treaties", "json" those named in ``columns``.

    It needs a column ``description``; ``part_number``, ``nsn``, ``manufacturer``, ``kind``, ``id``, ``as_of``,
    ``origin``, ``destination``, ``classified`` and ``attributes`` are read where they are, others passed through. A row
    that cannot be read is ``unknown``, and ``error`` says why.

    ``taxonomy`` is the path of a compiled pack on the driver (default: the one that is part of the library), ``lists``
    the lists to judge by (default: all). ``max_input_bytes``, ``max_matches``, ``max_steps``, ``max_memory_bytes`` are the
    limits of ``Engine``. ``context`` is that of ``Engine.classify``: ``as_of``, ``origin``, ``destination``,
    ``classified``, ``treaties``, ``via``, ``sale``.

    Package and pack are sent to the executors. ``installed=True`` says that the package is installed there, and sends
    the pack alone. An executor whose engine or taxonomy is another one than the driver's refuses to work.

    What is wrong with the frame's columns, the pack or an option is raised here, before anything runs:
    ``sekisho.Error``, ``ValueError``, ``TypeError``.
    """
    bounds = limits(max_input_bytes=max_input_bytes, max_matches=max_matches, max_steps=max_steps,
                    max_memory_bytes=max_memory_bytes)
    judge, schema = _prepared(frame, taxonomy, lists, columns, bounds, installed, context)
    return frame.mapInArrow(judge, schema)


def classify_to_parquet(frame: DataFrame, path: str | os.PathLike[str], *, filesystem: FileSystem | None = None,
                        taxonomy: str | os.PathLike[str] | None = None, lists: str | Iterable[str] | None = None,
                        columns: str | Iterable[str] = ("candidates", "notices"), max_input_bytes: int = 0,
                        max_matches: int = 0, max_steps: int = 0, max_memory_bytes: int = 0, installed: bool = False,
                        **context: Any) -> int:
    """Writes what ``classify`` gives into a new folder of Parquet files, and says how many rows they are.

    The workers write the files themselves: verdicts do not go back through the JVM. The files appear when all are
    complete, with ``_SUCCESS`` as the last; a job that fails leaves none. ``path`` is a folder that driver and executors
    share, or a URI that pyarrow knows (``s3://``, ``gs://``, ``abfss://``, ``hdfs://``), or a path in ``filesystem``. It
    must not exist, or be empty: ``FileExistsError``. The other options are those of ``classify``.

    The codec is the session's, ``spark.sql.parquet.compression.codec``.
    """
    files, root = _sink.resolved(path, filesystem)
    codec = _sink.codec(frame.sparkSession.conf.get("spark.sql.parquet.compression.codec"))
    bounds = limits(max_input_bytes=max_input_bytes, max_matches=max_matches, max_steps=max_steps,
                    max_memory_bytes=max_memory_bytes)
    judge, schema = _prepared(frame, taxonomy, lists, columns, bounds, installed, context)
    with _sink.Job(files, root) as job:
        judge = dataclasses.replace(judge, dictionaries=True)
        write = _sink.Write(judge, files, job.staging, codec, schema.json())
        written = frame.mapInArrow(write, _sink.WRITTEN).collect()
        if not written:
            job.write_empty(to_arrow_schema(schema), write)
        job.commit([(row.partition, row.file) for row in written])
    return sum(row.rows for row in written)


def _prepared(frame: DataFrame, taxonomy: str | os.PathLike[str] | None, lists: str | Iterable[str] | None,
              columns: str | Iterable[str], bounds: Limits, installed: bool,
              context: dict[str, Any]) -> tuple[_Judge, StructType]:
    """What judges, its package and pack on their way; and the type of what comes out."""
    names = (columns,) if isinstance(columns, str) else tuple(columns)
    lists = lists if lists is None or isinstance(lists, str) else ",".join(lists)
    engine = Engine(taxonomy, lists=lists, **bounds._asdict())
    verdicts = _schema(engine, frame, names, context)
    session = frame.sparkSession
    if not installed:
        send_package(session)
    pack = None if taxonomy is None else _send_pack(session, taxonomy, engine.versions["digest"])
    judge = _Judge(pack, lists, bounds, engine.versions, names, context)
    return judge, StructType(frame.schema.fields + verdicts.fields)


def _schema(engine: Engine, frame: DataFrame, columns: tuple[str, ...], context: dict[str, Any]) -> StructType:
    """The type of the verdicts, found by judging one row of nulls: so the library checks columns and context, too."""
    nulls = pa.RecordBatch.from_pylist([{}], to_arrow_schema(frame.schema))
    verdicts = pa.table(engine.classify_table(nulls, columns=columns, **context)).schema
    taken = {name.lower() for name in frame.columns}.intersection(verdicts.names)
    if taken:
        raise ValueError(f"the frame has columns that the verdicts are to have: {', '.join(sorted(taken))}"
                         " (hint: rename or drop them first)")
    return from_arrow_schema(verdicts)


# ---- what goes to the executors ---------------------------------------------------------------------------------


def send_package(session: SparkSession) -> None:
    """Sends the installed package, library and built-in taxonomy included, to the session's executors; once, however
    often it is called. ``classify`` does so by itself."""
    for folder in (_PACKAGE, _PACKAGE.with_name("sekisho.libs")):  # the second: libraries that a repaired wheel carries
        archive = _folder(session) / f"{folder.name}.zip"
        if folder.is_dir() and not archive.exists():
            with tempfile.TemporaryDirectory(dir=archive.parent) as scratch:
                shutil.copytree(folder, f"{scratch}/files", ignore=shutil.ignore_patterns("__pycache__"))
                shutil.make_archive(f"{scratch}/archive", "zip", f"{scratch}/files")
                shutil.move(f"{scratch}/archive.zip", archive)
            # Unpacked under its name in the folder of files, which stands in the path of every Python worker.
            session.sparkContext.addArchive(f"{archive}#{folder.name}")


def _send_pack(session: SparkSession, taxonomy: str | os.PathLike[str], digest: str) -> str:
    """The name under which the executors find the pack. It is the digest's: another pack never takes its place."""
    pack = _folder(session) / f"sekisho-{digest.partition(':')[2][:32]}.pack"
    if not pack.exists():
        shutil.copyfile(taxonomy, pack)
        session.sparkContext.addFile(str(pack))
    return pack.name


@functools.cache
def _folder_of(application: str) -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory(prefix="sekisho-spark-")


def _folder(session: SparkSession) -> pathlib.Path:
    """Where the driver keeps what it has sent: executors that come later fetch it from there."""
    return pathlib.Path(_folder_of(session.sparkContext.applicationId).name)


# ---- what runs there --------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class _Judge:
    """Judges the batches of one task."""

    pack: str | None  # among the files that Spark has sent
    lists: str | None
    bounds: Limits
    versions: Versions  # of the driver
    columns: tuple[str, ...]
    context: dict[str, Any]
    dictionaries: bool = False  # which the JVM does not read

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        engine = _engine(self.pack and SparkFiles.get(self.pack), self.lists, self.bounds)
        if engine.versions != self.versions:
            raise RuntimeError(f"this executor has {engine.versions}, the driver {self.versions}"
                               " (hint: install the same package on both, or leave installed=True out)")
        for items in batches:
            verdicts = pa.table(engine.classify_table(items, columns=self.columns, batch_rows=max(1, len(items)),
                                                      dictionaries=self.dictionaries, **self.context))
            for judged in verdicts.to_batches():
                yield pa.RecordBatch.from_arrays([*items.columns, *judged.columns], [*items.schema.names,
                                                                                     *judged.schema.names])


@functools.lru_cache(maxsize=4)
def _engine(pack: str | None, lists: str | None, bounds: Limits) -> Engine:
    """One for the life of a worker process, whatever tasks come by."""
    return Engine(pack, lists=lists, **bounds._asdict())
