"""A nation's year of logs: files of events folded into files of facts and spans, all cores, bounded memory.

Needs the extras ``parquet`` and ``arrays``. A file is Parquet (``frames.log_columns``) or lines of JSON (``dossier.dump_log``, one
dossier a line), and holds whole dossiers. It is read some hundred thousand events at a time, folded (``frames.fold_logs``) or
judged (``frames.judge_logs``), and its result is written beside and renamed; so a run that broke off goes on where it was, and
what was folded is not folded again unless the file has changed.

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
import pickle
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from datetime import datetime
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import attrs

from onestop_core.__about__ import __version__
from onestop_core.errors import InvalidValueError
from onestop_core.ext._logs.facts import FoldedLogs, LogFolder
from onestop_core.ext._logs.judged import LogJudge
from onestop_core.ext._logs.layout import FOLDED, JUDGED, arrow
from onestop_core.ext._logs.sources import BadLine, name_of, tables_of
from onestop_core.lab import Law
from onestop_core.model import HO_CHI_MINH
from onestop_core.text import Language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TextIO


__all__ = ["FoldedFile", "fold_files"]

_DONE: Final = "done"
_FORMS: Final = ("parquet", "jsonl")


@attrs.frozen(kw_only=True)
class FoldedFile:
    """What became of one file."""

    source: Path
    dossiers: int
    """How many have facts: were folded, and opened under the law that judges."""
    refused: int
    """How many could not be; ``refused/NAME.jsonl`` says which and why."""
    bad_lines: int = 0
    """How many lines of JSON held no log; ``refused/NAME.jsonl`` says which and why."""
    breaches: int = 0
    """How many steps the law refused; 0 where none was asked."""
    is_new: bool
    """False: an earlier run had folded this very file."""


@attrs.frozen(kw_only=True)
class _Way:
    """How files are folded; sent to the processes."""

    unit: str
    law: Law | None
    language: Language
    form: str

    @property
    def parts(self) -> tuple[str, ...]:
        return ("facts", "spans") if self.law is None else ("facts", "spans", "breaches")

    def digest(self, path: Path) -> str:
        """Return what tells whether this very file was folded in this very way."""
        found = sha256(f"{__version__}\n{self.unit}\n{self.language}\n{self.form}".encode())
        if self.law is not None:
            found.update(pickle.dumps((self.law.lifecycle, self.law.policy)))
        with path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                found.update(piece)
        return found.hexdigest()


def fold_files(
    sources: Iterable[Path],
    folder: Path,
    *,
    processes: int | None = None,
    unit: str = "competent_unit",
    law: Law | None = None,
    language: Language = "en",
    form: str = "parquet",
) -> Iterator[FoldedFile]:
    """Fold each of *sources* into ``facts/``, ``spans/`` and ``refused/`` of *folder*, and yield it when it is done.

    Args:
        sources: Files of events, ``.parquet``, ``.jsonl`` or ``.jsonl.gz``, whole dossiers in each; their names must differ.
        folder: Where the results go, under the name of their source.
        processes: How many files at a time; as a rule one for each core.
        unit: As for ``frames.fold_logs``.
        law: What judges the steps, as for ``frames.judge_logs``; what it refuses goes into ``breaches/``. Left out, none is judged.
        language: Of the names and articles of breaches.
        form: Of the results: ``parquet`` or ``jsonl``, a row a line.

    Raises:
        OSError: a file cannot be read or written.
        InvalidValueError: two sources have one name, or it ends in something else; or a column of a file is missing or of
            another type, or its dossiers are not whole. What was folded before stays.
        InvalidDocumentError: a file is not Parquet, or not compressed.
        MissingExtraError: pyarrow or NumPy is not installed.
    """
    arrow()
    paths = tuple(Path(source) for source in sources)
    names = [name_of(path) for path in paths]
    if twice := sorted({path.name for path, name in zip(paths, names, strict=True) if names.count(name) > 1}):
        raise InvalidValueError.of("sources", twice, vi="các tệp khác tên nhau", en="files of different names")
    if form not in _FORMS:
        raise InvalidValueError.one_of("form", form, _FORMS)
    way = _Way(unit=unit, law=law, language=language, form=form)
    _folder_of(way)  # refuses here what a process would refuse
    for part in (*way.parts, "refused", _DONE):
        (folder / part).mkdir(parents=True, exist_ok=True)
    most = min(processes or os.cpu_count() or 1, len(paths)) if paths else 0
    if most <= 1:
        for path in paths:
            yield _fold_file(path, folder, way)
        return
    with ProcessPoolExecutor(most) as pool:
        waiting = [pool.submit(_fold_file, path, folder, way) for path in paths]
        try:
            for each in as_completed(waiting):
                yield each.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _folder_of(way: _Way) -> LogFolder | LogJudge:
    if way.law is None:
        return LogFolder(unit=way.unit)
    return LogJudge(way.law, unit=way.unit, language=way.language)


def _fold_file(path: Path, folder: Path, way: _Way) -> FoldedFile:
    mark, digest, name = folder / _DONE / f"{path.name}.json", way.digest(path), name_of(path)
    if mark.exists():
        said: dict[str, Any] = json.loads(mark.read_text(encoding="utf-8"))
        if said.pop("digest") == digest:
            return FoldedFile(source=path, is_new=False, **said)
    targets = {part: folder / part / f"{name}.{way.form}" for part in way.parts}
    targets["refused"] = folder / "refused" / f"{name}.jsonl"
    beside = {part: target.with_name(f".{target.name}") for part, target in targets.items()}
    try:
        counts = _fold_into(beside, path, way)
    except BaseException:  # also where somebody stops the run: nothing half-done stays
        for path_beside in beside.values():
            path_beside.unlink(missing_ok=True)
        raise
    for part, target in targets.items():
        if beside[part].exists():  # a file without events has no facts
            beside[part].replace(target)
    _written(mark, json.dumps({"digest": digest, **counts}))
    return FoldedFile(source=path, is_new=True, **counts)


def _fold_into(beside: Mapping[str, Path], path: Path, way: _Way) -> dict[str, int]:
    counts = {"dossiers": 0, "refused": 0, "bad_lines": 0, "breaches": 0}
    folder, writers, opened = _folder_of(way), ExitStack(), dict[str, Any]()

    with writers, beside["refused"].open("w", encoding="utf-8") as lines:

        def bad(line: BadLine) -> None:
            counts["bad_lines"] += 1
            _say(lines, {"line": line.line, "id": line.dossier_id, **line.error.to_dict(language=way.language)})

        columns = FOLDED if way.law is None else JUDGED
        for table in tables_of(path, columns=columns, bad=bad):
            folded = folder.fold(table) if isinstance(folder, LogFolder) else folder.judge(table)
            for part in way.parts:
                rows = getattr(folded, part)
                if part not in opened:
                    opened[part] = writers.enter_context(_writer(beside[part], way.form, rows.schema))
                opened[part].write_table(rows)
            for one in folded.refused:
                _say(lines, {"id": one.dossier_id, **one.error.to_dict(language=way.language)})
            counts["dossiers"] += folded.facts.num_rows
            counts["refused"] += len(folded.refused)
            counts["breaches"] += 0 if isinstance(folded, FoldedLogs) else folded.breaches.num_rows
    return counts


def _writer(path: Path, form: str, schema: Any) -> Any:
    return import_module("pyarrow.parquet").ParquetWriter(path, schema) if form == "parquet" else _Lines(path)


class _Lines:
    """Writes tables as lines of JSON: empty cells left out, moments in Vietnamese civil time."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("w", encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def write_table(self, rows: Any) -> None:
        """Write a line for each row."""
        for batch in rows.to_batches(1 << 14):
            for row in batch.to_pylist():
                _say(self._stream, {name: _plain(value) for name, value in row.items() if value is not None})


def _plain(value: object) -> object:
    return value.astimezone(HO_CHI_MINH).isoformat() if isinstance(value, datetime) else value


def _say(stream: TextIO, row: dict[str, Any]) -> None:
    stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def _written(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
