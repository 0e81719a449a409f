"""A nation's year of logs: Parquet files of events folded into files of facts and spans, all cores, bounded memory.

Needs the extras ``parquet`` and ``arrays``. Each file holds whole dossiers (``frames.log_columns``). It is read some
hundred thousand events at a time, folded (``frames.fold_logs``), and its result is written beside and renamed; so a run that
broke off goes on where it was, and what was folded is not folded again unless the file has changed.

>>> import tempfile
>>> from datetime import datetime
>>> from pathlib import Path
>>> from pyarrow import parquet
>>> from onestop_core import dossier
>>> from onestop_core.ext import frames
>>> at = datetime.fromisoformat("2026-02-09T08:15+07:00")
>>> m = dossier.machine("vn@decree-118-2025")
>>> d = m.step(m.new(id="1", procedure="1.012783", channel="in_person", at=at), dossier.event("received", at))
>>> with tempfile.TemporaryDirectory() as folder:
...     events = Path(folder, "2026-02.parquet")
...     parquet.write_table(frames.log_table([d]), events)
...     done = list(fold_files([events], Path(folder, "out"), processes=1))
...     print(done[0].dossiers, parquet.read_table(Path(folder, "out", "facts", "2026-02.parquet")).num_rows)
1 1
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.ext._logs.facts import LogFolder
from onestop_core.ext._logs.layout import FOLDED, arrow, whole_dossiers
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["FoldedFile", "fold_files"]

_ROWS: Final = 1 << 16
_DONE: Final = "done"


@attrs.frozen(kw_only=True)
class FoldedFile:
    """What became of one file."""

    source: Path
    dossiers: int
    """How many were folded."""
    refused: int
    """How many could not be; ``refused/NAME.jsonl`` says which and why."""
    is_new: bool
    """False: an earlier run had folded this very file."""


def fold_files(
    sources: Iterable[Path], folder: Path, *, processes: int | None = None, unit: str = "competent_unit"
) -> Iterator[FoldedFile]:
    """Fold each of *sources* into ``facts/``, ``spans/`` and ``refused/`` of *folder*, and yield it when it is done.

    Args:
        sources: Parquet files of events, whole dossiers in each; their names must differ.
        folder: Where the results go, under the name of their source.
        processes: How many files at a time; as a rule one for each core.
        unit: As for ``frames.fold_logs``.

    Raises:
        OSError: a file cannot be read or written.
        InvalidValueError: two sources have one name; or a column of a file is missing or of another type, or its dossiers
            are not whole. What was folded before stays.
        InvalidDocumentError: a file is not Parquet.
        MissingExtraError: pyarrow or NumPy is not installed.
    """
    arrow()
    paths = tuple(Path(source) for source in sources)
    names = [path.name for path in paths]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise InvalidValueError.of("sources", twice, vi="các tệp khác tên nhau", en="files of different names")
    for part in ("facts", "spans", "refused", _DONE):
        (folder / part).mkdir(parents=True, exist_ok=True)
    most = min(processes or os.cpu_count() or 1, len(paths)) if paths else 0
    if most <= 1:
        for path in paths:
            yield _fold_file(path, folder, unit)
        return
    with ProcessPoolExecutor(most) as pool:
        waiting = [pool.submit(_fold_file, path, folder, unit) for path in paths]
        try:
            for each in as_completed(waiting):
                yield each.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _fold_file(path: Path, folder: Path, unit: str) -> FoldedFile:
    mark, digest = folder / _DONE / f"{path.name}.json", _digest(path, unit)
    if mark.exists():
        said: dict[str, Any] = json.loads(mark.read_text(encoding="utf-8"))
        if said.pop("digest") == digest:
            return FoldedFile(source=path, is_new=False, **said)
    pq, folder_of = import_module("pyarrow.parquet"), LogFolder(unit=unit)
    targets = {part: folder / part / path.name for part in ("facts", "spans")}
    targets["refused"] = folder / "refused" / f"{path.stem}.jsonl"
    beside = {part: target.with_name(f".{target.name}") for part, target in targets.items()}
    try:
        counts = _fold_into(beside, folder_of, whole_dossiers(_batches(path, pq)), pq)
    except BaseException:  # also where somebody stops the run: nothing half-done stays
        for path_beside in beside.values():
            path_beside.unlink(missing_ok=True)
        raise
    for part, target in targets.items():
        if beside[part].exists():  # a file without events has no facts
            beside[part].replace(target)
    _written(mark, json.dumps({"digest": digest, **counts}))
    return FoldedFile(source=path, is_new=True, **counts)


def _fold_into(beside: Mapping[str, Path], folder: LogFolder, tables: Iterator[Any], pq: Any) -> dict[str, int]:
    counts, writers = {"dossiers": 0, "refused": 0}, ExitStack()
    opened: dict[str, Any] = {}
    with writers, beside["refused"].open("w", encoding="utf-8") as lines:
        for table in tables:
            folded = folder.fold(table)
            for part in ("facts", "spans"):
                rows = getattr(folded, part)
                if part not in opened:
                    opened[part] = writers.enter_context(pq.ParquetWriter(beside[part], rows.schema))
                opened[part].write_table(rows)
            for one in folded.refused:
                lines.write(json.dumps({"id": one.dossier_id, **one.error.to_dict()}, ensure_ascii=False) + "\n")
            counts["dossiers"] += folded.facts.num_rows
            counts["refused"] += len(folded.refused)
    return counts


def _batches(path: Path, pq: Any) -> Iterator[Any]:
    pa = arrow()
    with path.open("rb") as stream:
        try:
            file = pq.ParquetFile(stream)
            there = [name for name in file.schema_arrow.names if name in FOLDED]
            yield from file.iter_batches(_ROWS, columns=there)
        except pa.ArrowException as error:
            text = Text(vi=f"không đọc được Parquet: {error}", en=f"not Parquet that can be read: {error}")
            problem = Problem(path="$", rule="logs/parquet", text=text)
            raise InvalidDocumentError(problems=(problem,), source=str(path)) from error


def _digest(path: Path, unit: str) -> str:
    """Return what tells whether this very file was folded in this very way."""
    found = sha256(f"{unit}\n".encode())
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            found.update(piece)
    return found.hexdigest()


def _written(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
