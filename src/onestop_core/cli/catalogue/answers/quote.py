"""``onestop quote``: what an applicant hands in, waits and pays, for the answers that tell their case."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from onestop_core.cli.catalogue.answers.find import add_catalogue, meant
from onestop_core.cli.catalogue.files import read_catalogue
from onestop_core.cli.shell.common import CLEAN, FINDINGS, add_format, language_of, print_json, read_date
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.text import Text, money, number, padded, plain_letters, safe

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from onestop_core.catalogue import Procedure
    from onestop_core.catalogue.quotes import Quote
    from onestop_core.catalogue.values.money import Fee
    from onestop_core.cli.shell.parsing import Say
    from onestop_core.text import Language

__all__ = ["register", "run"]

_CASE: Final = "case"
_NUMBER: Final = re.compile(r"[0-9]{1,30}(?:[.,][0-9]{1,2})?")
"""Three digits behind a point would be thousands to one reader and thousandths to another."""
_NONE: Final = frozenset({"-", "none", "không"})


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "quote",
        help=say(
            vi="người nộp hồ sơ cần giấy tờ gì, chờ bao lâu, nộp bao nhiêu tiền",
            en="what an applicant hands in, how long it takes and what it costs",
        ),
        epilog=say(
            vi="Không nêu --answer thì lệnh in những câu hỏi cần trả lời. Mã kết thúc: 0 đủ câu trả lời, 1 còn câu hỏi, 2 "
            "không đọc được hoặc câu trả lời không hợp lệ.",
            en="Without --answer the questions are printed. Exit codes: 0 answered, 1 questions are open, 2 it cannot be "
            "read, or an answer cannot be used.",
        ),
    )
    add_catalogue(parser)
    parser.add_argument(
        "procedure",
        metavar=say(vi="THỦ-TỤC", en="PROCEDURE"),
        help=say(vi="mã, hoặc tên gõ không dấu", en="its code, or its name, with or without marks"),
    )
    for option, what in (
        (
            "--answer",
            say(vi="câu trả lời, bằng mã hoặc bằng lời, hoặc một số", en="an answer, by its id or words, or a number"),
        ),
        ("--quantity", say(vi="số lượng mà mức thu tính theo", en="a quantity by which a fee is counted")),
    ):
        parser.add_argument(
            option,
            action="append",
            default=[],
            metavar=say(vi="TÊN=GIÁ-TRỊ", en="NAME=VALUE"),
            help=f"{what}; {say(vi='nêu được nhiều lần', en='may be repeated')}",
        )
    parser.add_argument(
        "--on",
        metavar=say(vi="NGÀY", en="DATE"),
        help=say(vi="ngày áp dụng, dạng 2026-02-12", en="the day for which it holds, such as 2026-02-12"),
    )
    add_format(parser, "text", "json")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the quote, or the questions that are still open."""
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    language = language_of(options)
    day = None if options.on is None else read_date(options.on, "--on")
    cat = read_catalogue(options.catalogue)
    procedure = meant(cat if day is None else cat.on(day), options.procedure)
    answers = {name: _answer(procedure, name, value) for name, value in _pairs(options.answer, "--answer")}
    quantities = {name: _amount(value, "--quantity") for name, value in _pairs(options.quantity, "--quantity")}
    wanted = _open(procedure, answers)
    if wanted:
        if options.format == "json":
            print_json({"procedure": procedure.code, "open": [_said(each, language) for each in wanted]})
        else:
            print(safe.line(f"{procedure.code} {procedure.name.in_(language)}"))
            for said in _questions(wanted, language):
                print(safe.line(said))
        return FINDINGS
    quote = catalogue.quote(procedure, answers, quantities, on=day)
    if options.format == "json":
        print_json(quote.to_dict(language=language))
    else:
        for said in _lines(quote, procedure, language):
            print(safe.line(said))
    return CLEAN


def _pairs(given: list[str], option: str) -> Iterator[tuple[str, str]]:
    for each in given:
        name, mark, value = each.partition("=")
        if not (name.strip() and mark and value.strip()):
            raise InvalidValueError.of(option, each, vi="dạng tên=giá trị", en="something such as name=value")
        yield name.strip(), value.strip()


def _amount(words: str, option: str) -> Decimal:
    if _NUMBER.fullmatch(words) is None:
        raise InvalidValueError.of(
            option,
            words,
            vi="số như 1000 hoặc 1,5, không có dấu ngăn hàng nghìn",
            en="a number such as 1000 or 1.5, without thousands marks",
        )
    return Decimal(words.replace(",", "."))


def _answer(procedure: Procedure, name: str, words: str) -> str | Decimal | None:
    """Return an answer as the library takes it: an id where somebody typed the words of one, a number, or None."""
    question = next((each for each in procedure.questions if each.id == name), None)
    if question is not None and not question.answers:
        return _amount(words, name)
    choices: Any = (
        question.answers
        if question is not None
        else [each for each in procedure.cases if (each.dimension or _CASE) == name]
    )
    if question is None and words.lower() in _NONE:
        return None
    for each in choices:
        if words == each.id or plain_letters(words) in {plain_letters(each.name.vi), plain_letters(each.name.en)}:
            found: str = each.id
            return found
    if choices:
        raise UnknownCodeError.among(Text(vi="câu trả lời", en="answer"), words, [each.id for each in choices])
    return words


_Open = tuple[str, Text, tuple[tuple[str, Text], ...], Text | None]
"""What is asked: its name, the question, the answers, the unit of a number."""


def _open(procedure: Procedure, answers: dict[str, Any]) -> list[_Open]:
    """Return what must still be answered: questions, and cases that only a name can tell."""
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    found: list[_Open] = [
        (each.id, each.text, tuple((one.id, one.name) for one in each.answers), each.unit)
        for each in catalogue.quotes.open_questions(procedure, answers)
    ]
    decided = {each.case for each in procedure.decisions}
    for dimension in dict.fromkeys(each.dimension or _CASE for each in procedure.cases):
        cases = [each for each in procedure.cases if (each.dimension or _CASE) == dimension]
        if dimension not in answers and not any(each.id in decided for each in cases):
            choices = tuple((each.id, each.name) for each in cases)
            found.append((dimension, Text(vi="Trường hợp nào?", en="Which case?"), choices, None))
    return found


def _questions(wanted: list[_Open], language: Language) -> Iterator[str]:
    yield Text(vi="Cần trả lời (--answer TÊN=GIÁ-TRỊ):", en="To be answered (--answer NAME=VALUE):").in_(language)
    for name, question, choices, unit in wanted:
        yield f"  {name}: {question.in_(language)}"
        yield from (f"    {name}={each}  {said.in_(language)}" for each, said in choices)
        if not choices:
            number_of = Text(vi="một số", en="a number") if unit is None else unit
            yield f"    {name}=…  {number_of.in_(language)}"


def _said(each: _Open, language: Language) -> dict[str, Any]:
    name, question, choices, unit = each
    return {
        "name": name,
        "question": question.in_(language),
        "answers": [{"id": one, "name": said.in_(language)} for one, said in choices],
        "unit": None if unit is None else unit.in_(language),
    }


def _lines(quote: Quote, procedure: Procedure, language: Language) -> Iterator[str]:
    """Yield the quote as lines for people."""

    def say(vi: str, en: str) -> str:
        return vi if language == "vi" else en

    yield f"{quote.procedure} {quote.name.in_(language)}"
    for chosen in quote.cases:
        yield f"{say('Trường hợp', 'Case')}: {chosen.case.name.in_(language)} ({chosen.reason.in_(language)})"
    yield f"{say('Giấy tờ', 'Papers')}:" if quote.papers else say("Giấy tờ: không", "Papers: none")
    for count, each in enumerate(quote.papers, start=1):
        paper = each.paper
        pieces = say(
            f"{padded(paper.originals)} bản chính, {padded(paper.copies)} bản sao",
            f"originals {paper.originals}, copies {paper.copies}",
        )
        yield f"  {count}. {paper.name.in_(language)} ({pieces})"
        yield from (f"     {say('hoặc', 'or')} {other.name.in_(language)}" for other in paper.alternatives)
    yield f"{say('Thời hạn', 'Time limits')}:"
    for limit in quote.limits:
        time = limit.time_limit
        known = time.text.in_(language) if time else _without_time(limit, language)
        yield f"  {_capital(limit.channel.label.in_(language))}: {known}"
    yield f"{say('Phí, lệ phí', 'Fees')}:"
    for channel in quote.channels:
        fees = [each for each in quote.fees if each.channel is channel]
        for fee in fees:
            amount = say("chưa rõ", "not known") if fee.amount is None else _money(fee.amount, fee.currency, language)
            why = "" if fee.reason.in_(language) == amount else f" – {fee.reason.in_(language)}"
            yield f"  {_capital(channel.label.in_(language))}: {amount}{why}"
            if fee.amount is None and (name := _quantity_of(fee.fee)) is not None:
                yield f"    {say(f'nêu --quantity {name}=SỐ để tính', f'--quantity {name}=NUMBER tells')}"
            exempt = "; ".join(one.text.in_(language) for one in fee.fee.exemptions)
            if exempt:
                yield f"    {say('Miễn', 'Exempt')}: {exempt}"
        if not fees:
            yield f"  {_capital(channel.label.in_(language))}: {say('danh mục không nêu', 'the catalogue states none')}"
        elif len(fees) > 1:
            total = " + ".join(_money(amount, currency, language) for currency, amount in quote.total(channel).items())
            rest = "" if quote.is_known(channel) else say(", chưa kể khoản chưa rõ", ", without what is not known")
            yield f"    {say('Cộng', 'Together')}: {total or '–'}{rest}"
    results = "; ".join(each.name.in_(language) for each in procedure.results)
    if results:
        yield f"{say('Kết quả', 'Results')}: {results}"


def _quantity_of(fee: Fee) -> str | None:
    """Return the name of the quantity by which a fee is counted."""
    return fee.quantity if fee.share is None else fee.share.quantity


def _without_time(limit: Any, language: Language) -> str:
    words: str | None = limit.limit.published
    stated = Text(vi="danh mục không nêu", en="the catalogue states none")
    not_prescribed = Text(vi="pháp luật không quy định", en="the law prescribes none")
    if limit.limit.without_time == "not_prescribed":
        return not_prescribed.in_(language)
    return words or stated.in_(language)


def _money(amount: Decimal, currency: str, language: Language) -> str:
    return money(amount).in_(language) if currency == "VND" else f"{number(amount).in_(language)} {currency}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
