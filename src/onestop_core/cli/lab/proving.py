"""``onestop lab prove``, also ``onestop dossier verify``: hold everything that a lifecycle allows to the properties of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop_core.cli.shell.common import CLEAN, FINDINGS, add_format, language_of, print_json
from onestop_core.cli.shell.files import input_file
from onestop_core.text import Text, number, safe

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from onestop_core.cli.shell.parsing import Say
    from onestop_core.dossier import Machine
    from onestop_core.dossier.lifecycle import Policy, SectorRules
    from onestop_core.lab import Outcome, Proof
    from onestop_core.text import Language

__all__ = ["register", "run"]

_EVERY = "*"
"""The sectors that ship, all of them."""


def register(parts: Any, name: str) -> None:
    """Add the part ``prove`` to the command ``lab``, ``verify`` to ``dossier``: by either name it is looked for."""
    say: Say = parts.say
    prove = parts.add_parser(
        name,
        help=say(
            vi="chứng minh các tính chất của vòng đời trên mọi trường hợp",
            en="prove the properties of a lifecycle over every configuration",
        ),
    )
    prove.add_argument(
        "lifecycle",
        nargs="?",
        type=input_file,
        metavar=say(vi="BẢNG.json|MÃ", en="TABLE.json|ID"),
        help=say(
            vi="bảng vòng đời của cơ quan, hoặc phiên bản như vn@decree-118-2025; nếu không nêu: mọi phiên bản có sẵn",
            en="a table of your own, or an edition such as vn@decree-118-2025; left out, every edition that ships",
        ),
    )
    prove.add_argument(
        "--sector",
        nargs="?",
        const=_EVERY,
        metavar=say(vi="TÊN|TỆP.json", en="NAME|FILE.json"),
        help=say(
            vi="theo quy định chuyên ngành này; không nêu tên: lần lượt mọi quy định có sẵn",
            en="under the rules of this sector; without a name, of every sector that ships in turn",
        ),
    )
    add_format(prove, "text", "json")
    prove.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Prove what was asked for and print what became of each property."""
    from onestop_core import lab  # noqa: PLC0415 - only the command that runs is loaded

    proofs: list[tuple[Proof, str | None]] = []
    for machine in _machines(options.lifecycle):
        proved: dict[Policy | None, Proof] = {}  # sectors that have limits only share one policy, and one proof
        for rules in _sectors(options.sector):
            policy = None if rules is None else rules.policy
            if policy not in proved:
                proved[policy] = lab.prove(machine, policies=None if policy is None else [policy])
            proofs.append((proved[policy], None if rules is None else rules.id))
    language = language_of(options)
    if options.format == "json":
        print_json([{"sector": sector, **proof.to_dict(language=language)} for proof, sector in proofs])
    else:
        for proof, sector in proofs:
            for line in _lines(proof, sector, language):
                print(safe.line(line))
    return CLEAN if all(proof.holds for proof, _ in proofs) else FINDINGS


def _machines(asked: str | None) -> Iterator[Machine]:
    from onestop_core import dossier  # noqa: PLC0415 - only the command that runs is loaded

    if asked is None:
        yield from (dossier.machine(edition.reference) for edition in dossier.lifecycle.editions())
    elif asked.endswith(".json"):
        yield dossier.machine(dossier.load_lifecycle(asked))
    else:
        yield dossier.machine(asked)


def _sectors(asked: str | None) -> Iterator[SectorRules | None]:
    from onestop_core import dossier  # noqa: PLC0415 - only the command that runs is loaded

    if asked is None:
        yield None
    elif asked == _EVERY:
        yield from (dossier.sector(name) for name in dossier.lifecycle.sectors())
    else:
        yield dossier.lifecycle.load_sector(asked) if asked.endswith(".json") else dossier.sector(asked)


_HOLDS = Text(vi="đạt", en="holds")
_BROKEN = Text(vi="KHÔNG ĐẠT", en="BROKEN")


def _lines(proof: Proof, sector: str | None, language: Language) -> Iterator[str]:
    count, steps = proof.configurations, sum(each.steps for each in proof.explored)
    words = Text(
        vi=f"{number(count).vi} trường hợp, {number(steps).vi} lần thử sự kiện",
        en=f"{number(count).en} configurations, {number(steps).en} events tried",
    )
    yield f"{proof.lifecycle}{'' if sector is None else f' · {sector}'}: {words.in_(language)}"
    for outcome in proof.outcomes:
        yield f"  {(_HOLDS if outcome.holds else _BROKEN).in_(language)}: {outcome.rule.name.in_(language)}"
        yield from _broken(outcome, language)


def _broken(outcome: Outcome, language: Language) -> Iterator[str]:
    basis = Text(vi="căn cứ", en="basis").in_(language)
    if not outcome.holds:
        yield f"    {basis}: {outcome.rule.basis.cite().in_(language)}"
    for found in outcome.violations:
        yield f"    – {found.text.in_(language)}"
        yield from (f"      {n}. {line.in_(language)}" for n, line in enumerate(found.story, 1))
