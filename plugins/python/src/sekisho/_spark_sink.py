"""Parquet files written by the Python workers of a Spark job, and their commit by the driver.

A task writes a file of its own into a staging folder, under a name that no other attempt has, and hands the name to the
driver when the file is complete. Of all attempts at a partition Spark takes the rows of one; the driver moves the files
that these rows name, and no others, and removes the staging folder with what killed or doubled attempts have left there.
"""
from __future__ import annotations

import dataclasses
import os
import posixpath
import uuid
from collections.abc import Callable, Iterable, Iterator

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow.fs import FileSelector, FileSystem, FileType, LocalFileSystem
from pyspark import TaskContext

WRITTEN = "partition int, file string, rows long"  # what a task says of its file

_GROUP_BYTES = 64 << 20  # of Arrow memory, in one row group
_CODECS = {"uncompressed": "none", "lz4_raw": "lz4"}  # names of Spark that are not pyarrow's
_ROW_TYPE = "org.apache.spark.sql.parquet.row.metadata"  # by which Spark reads the types back as they were


def resolved(path: str | os.PathLike[str], filesystem: FileSystem | None) -> tuple[FileSystem, str]:
    """File system and path in it; the folder is found to be new."""
    text = os.fspath(path)
    if filesystem is not None:
        files, root = filesystem, text
    elif "://" in text or text.startswith("file:"):
        files, root = FileSystem.from_uri(text)
    else:
        files, root = LocalFileSystem(), os.path.abspath(text)
    root = root.rstrip("/")
    kind = files.get_file_info(root).type
    if kind is FileType.File or (kind is FileType.Directory and files.get_file_info(FileSelector(root))):
        raise FileExistsError(f"{text} is there already (hint: a new folder, or remove this one first)")
    return files, root


def codec(name: str) -> str:
    known = _CODECS.get(name.lower(), name.lower())
    if known != "none" and not pa.Codec.is_available(known):
        raise ValueError(f"spark.sql.parquet.compression.codec: pyarrow has no {name!r} (hint: 'snappy', 'zstd')")
    return known


@dataclasses.dataclass(frozen=True)
class Write:
    """Writes the judged batches of one task into one file."""

    judge: Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]
    files: FileSystem
    folder: str
    codec: str
    row_type: str  # the rows' type, as Spark's JSON

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        task = TaskContext.get()
        name = f"{task.partitionId():05}-{task.taskAttemptId()}.parquet"
        rows = self.file(name, (pa.Table.from_batches(group) for group in _groups(self.judge(batches))))
        if rows > 0:
            yield pa.RecordBatch.from_pydict({"partition": pa.array([task.partitionId()], pa.int32()), "file": [name],
                                              "rows": [rows]})

    def file(self, name: str, tables: Iterable[pa.Table]) -> int:
        """A row group for each table; no file if there is none. The number of rows."""
        writer, rows = None, 0
        try:
            for table in tables:
                table = table.unify_dictionaries()
                writer = writer or self._open(name, table.schema)
                writer.write_table(table)
                rows += len(table)
        finally:
            if writer is not None:
                writer.add_key_value_metadata({_ROW_TYPE: self.row_type})
                writer.close()
        return rows


    def _open(self, name: str, schema: pa.Schema) -> pq.ParquetWriter:
        # Statistics of what stands in lists help no reader. The types are Spark's: dictionaries are text again.
        flat = [field.name for field in schema if not pa.types.is_nested(field.type)]
        return pq.ParquetWriter(f"{self.folder}/{name}", schema, filesystem=self.files, compression=self.codec,
                                write_statistics=flat, store_schema=False)


def _groups(batches: Iterable[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    """Batches that make a row group together."""
    group, size = [], 0
    for batch in batches:
        group.append(batch)
        size += batch.nbytes
        if size >= _GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


class Job:
    """What the driver does before the tasks and after them. Left without a commit, it takes back what it has done."""

    def __init__(self, files: FileSystem, root: str) -> None:
        self._files, self._root = files, root
        self._id = uuid.uuid4().hex
        self._moved: list[str] = []
        self._committed = False
        self.staging = posixpath.join(root, "_temporary", self._id)

    def __enter__(self) -> Job:
        self._files.create_dir(self.staging, recursive=True)
        return self

    def write_empty(self, schema: pa.Schema, write: Write) -> None:
        """A frame without rows has a type all the same."""
        write.file("empty.parquet", [schema.empty_table()])
        self._move(0, "empty.parquet")

    def commit(self, written: Iterable[tuple[int, str]]) -> None:
        for partition, file in sorted(written):
            self._move(partition, file)
        self._files.delete_dir(posixpath.dirname(self.staging))
        self._files.open_output_stream(f"{self._root}/_SUCCESS").close()
        self._committed = True

    def _move(self, partition: int, file: str) -> None:
        target = f"{self._root}/part-{partition:05}-{self._id}.parquet"
        self._files.move(f"{self.staging}/{file}", target)
        self._moved.append(target)

    def __exit__(self, *_: object) -> None:
        if self._committed:
            return
        for file in self._moved:
            self._files.delete_file(file)
        self._files.delete_dir(posixpath.dirname(self.staging))
