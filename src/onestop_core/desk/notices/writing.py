"""A notice written: the words of its kind, filled in with what the log and the office say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.desk.lists.rows import DeskRow, Stage, due_text
from onestop_core.desk.notices.texting import sms
from onestop_core.desk.notices.wording import FIELD, WORDINGS, NoticeKind, Wording
from onestop_core.dossier import Dossier
from onestop_core.errors import InvalidValueError
from onestop_core.model import Phase, aware
from onestop_core.model.series import each_of, instance, items_of
from onestop_core.model.words import LONGEST_TEXT, optional_text, plain_text
from onestop_core.text import LANGUAGES, Language, Text
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from onestop_core.desk.notices.texting import Sms

__all__ = ["Notice", "notice"]

_NAMES: Final = {
    "due": Text(vi="ngày hẹn trả kết quả", en="the appointment"),
    "old_due": Text(vi="ngày hẹn trước", en="the appointment before"),
    "reason": Text(vi="lý do", en="the reason"),
    "papers": Text(vi="giấy tờ cần bổ sung", en="the papers asked for"),
    "procedure": Text(vi="tên thủ tục", en="the name of the procedure"),
    "contact": Text(vi="người hoặc số để hỏi", en="whom to ask"),
    "place": Text(vi="nơi trả kết quả", en="where to come"),
}
_MOVED: Final = frozenset({"extended", "rescheduled", "late_notified"})
_NOT_KEPT: Final = frozenset({NoticeKind.APOLOGY, NoticeKind.RESCHEDULED})
_ASKED: Final = frozenset({"supplement_requested"})
_MOST_PAPERS: Final = 1_000
"""As many as an event may carry: a list that was cut would hide what is asked for."""


@attrs.frozen(kw_only=True, repr=False)
class Notice:
    """A notice in one language."""

    kind: NoticeKind
    code: str
    """Of the dossier."""
    language: Language
    subject: str
    """Of the e-mail: one line."""
    body: str
    """Of the e-mail: plain text, a line to a sentence."""
    short: str
    """For a mobile telephone; :meth:`sms` measures it."""

    def __repr__(self) -> str:
        return f"<Notice {self.kind} {line(self.code)}>"

    def sms(self, *, diacritics: bool = True) -> Sms:
        """Return the short text as it goes to a mobile telephone, with the number of messages that it takes."""
        return sms(self.short, diacritics=diacritics)


def notice(
    kind: NoticeKind | str,
    dossier: Dossier | DeskRow,
    *,
    office: str,
    language: Language = "vi",
    applicant: str | None = None,
    procedure: str | None = None,
    contact: str | None = None,
    place: str | None = None,
    due: datetime | None = None,
    old_due: datetime | None = None,
    reason: str | None = None,
    papers: Iterable[str] = (),
    wordings: Mapping[str, Wording] | None = None,
) -> Notice:
    """Return a notice about *dossier* to its applicant, as e-mail and as short text.

    What a log says is taken from it: the appointment on record and the one before, and the reason and the papers of the last
    event of that kind. What is given stands before it. Nothing else is said, and nobody is named unless *applicant* is given.

    >>> from datetime import datetime
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> row = DeskRow(id="H26.12-260302-0001", stage="result_ready")
    >>> made = notice("result_ready", row, office="Bộ phận Một cửa phường Hoàn Kiếm", place="12 Hàng Bài")
    >>> print(made.body)
    Kính gửi Ông/Bà,
    Bộ phận Một cửa phường Hoàn Kiếm thông báo đã có kết quả của hồ sơ H26.12-260302-0001.
    Nơi trả kết quả: 12 Hàng Bài.
    >>> sent = made.sms(diacritics=False)
    >>> sent.text, sent.length, sent.messages
    ('Bo phan Mot cua phuong Hoan Kiem: da co ket qua ho so H26.12-260302-0001, moi Ong/Ba den nhan.', 94, 1)

    Args:
        kind: What it is about.
        dossier: The dossier, or its row in a list.
        office: Who writes.
        language: ``"vi"`` or ``"en"``.
        applicant: The name to address, in the e-mail only.
        procedure: The name of the procedure.
        contact: Whom to ask, such as a telephone number of the office.
        place: Where to come, with the hours if you like.
        due: The appointment that holds now.
        old_due: The one before.
        reason: The reason.
        papers: The papers asked for.
        wordings: Words of your own by kind; the others stay.

    Raises:
        InvalidValueError: the kind needs something that neither the log nor the call says, the result of a dossier that has not come
            to its end is said to be ready, or a value cannot be used.
    """
    wanted = NoticeKind.of(kind, "kind")
    words = _wording(wanted, wordings)
    asked = [plain_text(each, "papers", longest=LONGEST_TEXT) for each in each_of(papers, str, "papers")]
    if len(asked) > _MOST_PAPERS:
        raise InvalidValueError.of(
            "papers", len(asked), vi=f"nhiều nhất {_MOST_PAPERS} giấy tờ", en=f"{_MOST_PAPERS} papers at most"
        )
    given: dict[str, Any] = {
        "office": plain_text(office, "office", longest=LONGEST_TEXT),
        **{
            name: optional_text(value, name, longest=LONGEST_TEXT)
            for name, value in (("procedure", procedure), ("contact", contact), ("place", place), ("reason", reason))
        },
        "due": None if due is None else aware(due, "due"),
        "old_due": None if old_due is None else aware(old_due, "old_due"),
        "papers": asked or None,
    }
    told = (
        _of_row(dossier, wanted)
        if isinstance(dossier, DeskRow)
        else _of_case(instance(dossier, Dossier, "dossier"), wanted)
    )
    facts = {name: value if value is not None else told.get(name) for name, value in given.items()}
    said = {"code": line(told["code"]), **{name: _said(value, language) for name, value in facts.items()}}
    if words.needs_one_of and all(said[name] is None for name in words.needs_one_of):
        raise _missing(words.needs_one_of)
    addressee = optional_text(applicant, "applicant", longest=LONGEST_TEXT)
    greeting = {
        "vi": f"Kính gửi {'Ông/Bà' if addressee is None else line(addressee)},",
        "en": f"Dear {'Sir or Madam' if addressee is None else line(addressee)},",
    }[language]
    return Notice(
        kind=wanted,
        code=told["code"],
        language=language,
        subject=_filled(words.subject.in_(language), said),
        body="\n".join([greeting, *_lines(words.body.in_(language), said)]),
        short=_filled(words.sms.in_(language), said),
    )


def _wording(kind: NoticeKind, wordings: object) -> Wording:
    own = {} if wordings is None else items_of(wordings, "wordings")
    for name in own:
        if name not in WORDINGS:
            raise InvalidValueError.one_of("wordings", name, WORDINGS)
    if kind in own:
        return instance(own[kind], Wording, f"wordings[{kind}]")
    return WORDINGS[kind]


def _of_row(row: DeskRow, kind: NoticeKind) -> dict[str, Any]:
    if kind is NoticeKind.DUE_SOON and row.stage is not Stage.IN_PROGRESS:
        return {"code": row.id, "procedure": row.procedure_name}
    # What a list promises is, in a notice that it is not kept, the appointment before.
    return {"code": row.id, "procedure": row.procedure_name, "old_due" if kind in _NOT_KEPT else "due": row.due_at}


def _of_case(case: Dossier, kind: NoticeKind) -> dict[str, Any]:
    told: dict[str, Any] = {"code": case.id, "due": case.appointment}
    if kind is NoticeKind.DUE_SOON and case.clock.phase is not Phase.RUNNING:
        told["due"] = None  # of what waits nobody knows the day, and what has ended has none
    if kind is NoticeKind.RESULT_READY and case.clock.phase is not Phase.STOPPED:
        raise InvalidValueError.of(
            "dossier",
            case.id,
            vi="hồ sơ đã giải quyết xong theo nhật ký",
            en="a dossier that has come to its end, by its log",
        )
    kinds = _ASKED if kind is NoticeKind.SUPPLEMENT else _MOVED
    last = next((event for event, _ in reversed(case.standing) if event.kind in kinds), None)
    if last is not None:
        told |= {"reason": last.reason, "papers": list(last.papers) or None}
    if kind in _NOT_KEPT:
        # An appointment that was not moved is the one that is not kept; which comes in its place nobody has said.
        moved = last is not None and last.due is not None and last.due == case.appointment
        made = [each.new for each in case.appointments]
        told |= (
            {"old_due": made[-2] if len(made) > 1 else None} if moved else {"old_due": case.appointment, "due": None}
        )
    return told


def _said(value: Any, language: Language) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        return line(value)
    if isinstance(value, list):
        return "; ".join(line(each) for each in cast("list[str]", value))
    said = due_text(value).in_(language)
    return f"ngày {said}" if language == "vi" and ":" not in said else said


def _lines(body: str, said: Mapping[str, str | None]) -> list[str]:
    kept: list[str] = []
    for each in body.split("\n"):
        names = FIELD.findall(each)
        if not names or any(said[name] is not None for name in names):
            kept.append(_filled(each, said))
    return kept


def _filled(words: str, said: Mapping[str, str | None]) -> str:
    missing = [name for name in dict.fromkeys(FIELD.findall(words)) if said[name] is None]
    if missing:
        raise _missing(missing)
    return FIELD.sub(lambda found: said[found[1]] or "", words)


def _missing(fields: Sequence[str]) -> InvalidValueError:
    names = [_NAMES[name] for name in fields]
    vi, en = (f"{', '.join(name.in_(words) for name in names)}" for words in LANGUAGES)
    return InvalidValueError.of(fields[0], None, vi=f"{vi} để ghi vào thông báo", en=f"{en}, which the notice needs")
