"""A small reader of the EBNF of the W3C (XML 1.0, section 6), with ``{n}`` and ``{n,m}``: it recognises texts and makes them up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

MOST = 10**9
"""Times, where a grammar names no most."""
_TOKEN = re.compile(
    r"\s*(?:(?P<name>[A-Za-z]+)(?!\s*::=)|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\""
    r"|\[(?P<chars>[^\]]+)\]|(?P<times>\{[0-9]+(?:,[0-9]*)?\}|[?*+])|(?P<mark>[()|]))"
)
_RULE = re.compile(r"^([A-Za-z]+)\s*::=", re.MULTILINE)


@dataclass(frozen=True)
class Tree:
    """What a production matched."""

    name: str
    text: str
    children: tuple[Tree, ...]

    def all(self, name: str) -> list[Tree]:
        """Return the topmost trees of that production, in order."""
        if self.name == name:
            return [self]
        return [found for child in self.children for found in child.all(name)]

    def one(self, *names: str) -> Tree | None:
        """Return the first tree of one of these productions."""
        return next((found for name in names for found in self.all(name)), None)


@dataclass(frozen=True)
class Literal:
    text: str


@dataclass(frozen=True)
class Chars:
    pattern: re.Pattern[str]
    some: str


@dataclass(frozen=True)
class Name:
    name: str


@dataclass(frozen=True)
class Several:
    node: Node
    least: int
    most: int


@dataclass(frozen=True)
class Row:
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Choice:
    nodes: tuple[Node, ...]


Node = Literal | Chars | Name | Several | Row | Choice


class Grammar:
    """The productions of one block."""

    def __init__(self, text: str) -> None:
        starts = list(_RULE.finditer(text))
        ends = [each.start() for each in starts[1:]] + [len(text)]
        self.rules = {
            start[1]: _Reader(text[start.end() : end]).whole() for start, end in zip(starts, ends, strict=True)
        }
        assert len(self.rules) == len(starts), "a production stands twice"
        self.first = next(iter(self.rules))
        named = {node.name for rule in self.rules.values() for node in _walk(rule) if isinstance(node, Name)}
        assert named | {self.first} == set(self.rules), named ^ set(self.rules)

    def read(self, text: str) -> Tree | None:
        """Return the first way to read the whole *text*; None where there is none."""
        for end, trees in self._match(Name(self.first), text, 0):
            if end == len(text):
                return trees[0]
        return None

    def _match(self, node: Node, text: str, at: int) -> Iterator[tuple[int, tuple[Tree, ...]]]:
        match node:
            case Literal():
                if text.startswith(node.text, at):
                    yield at + len(node.text), ()
            case Chars():
                if at < len(text) and node.pattern.fullmatch(text[at]):
                    yield at + 1, ()
            case Name():
                for end, trees in self._match(self.rules[node.name], text, at):
                    yield end, (Tree(node.name, text[at:end], trees),)
            case Choice():
                for each in node.nodes:
                    yield from self._match(each, text, at)
            case Row():
                yield from self._match_row(node.nodes, text, at)
            case Several():
                yield from self._match_several(node, text, at, 0)

    def _match_row(self, nodes: tuple[Node, ...], text: str, at: int) -> Iterator[tuple[int, tuple[Tree, ...]]]:
        if not nodes:
            yield at, ()
            return
        for end, trees in self._match(nodes[0], text, at):
            for last, more in self._match_row(nodes[1:], text, end):
                yield last, trees + more

    def _match_several(self, node: Several, text: str, at: int, done: int) -> Iterator[tuple[int, tuple[Tree, ...]]]:
        if done < node.most:
            for end, trees in self._match(node.node, text, at):
                if end > at:
                    for last, more in self._match_several(node, text, end, done + 1):
                        yield last, trees + more
        if done >= node.least:
            yield at, ()

    def make(self, random: Random) -> str:
        """Return some text of the grammar."""
        return self._make(Name(self.first), random)

    def _make(self, node: Node, random: Random) -> str:
        match node:
            case Literal():
                return node.text
            case Chars():
                return random.choice(node.some)
            case Name():
                return self._make(self.rules[node.name], random)
            case Choice():
                return self._make(random.choice(node.nodes), random)
            case Row():
                return "".join(self._make(each, random) for each in node.nodes)
            case Several():
                # Few more often than many, and now and then the most.
                most = min(node.most, node.least + 6)
                times = random.choice([node.least, random.randint(node.least, most), min(node.most, 25)])
                return "".join(self._make(node.node, random) for _ in range(max(times, node.least)))

    def literals(self) -> set[str]:
        """Return every word that the productions name."""
        return {node.text for rule in self.rules.values() for node in _walk(rule) if isinstance(node, Literal)}


def _walk(node: Node) -> Iterator[Node]:
    yield node
    match node:
        case Row() | Choice():
            for each in node.nodes:
                yield from _walk(each)
        case Several():
            yield from _walk(node.node)
        case _:
            return


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens: list[re.Match[str]] = []
        at = 0
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            assert found is not None, text[at:]
            self.tokens.append(found)
            at = found.end()

    def whole(self) -> Node:
        node = self.choice()
        assert not self.tokens, [token[0] for token in self.tokens]
        return node

    def choice(self) -> Node:
        nodes = [self.row()]
        while self.tokens and self.tokens[0]["mark"] == "|":
            self.tokens.pop(0)
            nodes.append(self.row())
        return nodes[0] if len(nodes) == 1 else Choice(tuple(nodes))

    def row(self) -> Node:
        nodes: list[Node] = []
        while self.tokens and self.tokens[0]["mark"] not in {"|", ")"}:
            nodes.append(self.several())
        return nodes[0] if len(nodes) == 1 else Row(tuple(nodes))

    def several(self) -> Node:
        node = self.atom()
        while self.tokens and (times := self.tokens[0]["times"]):
            self.tokens.pop(0)
            least, most = {"?": (0, 1), "*": (0, MOST), "+": (1, MOST)}.get(times, (0, 0))
            if times.startswith("{"):
                low, comma, high = times[1:-1].partition(",")
                least, most = int(low), (int(high) if high else MOST) if comma else int(low)
            node = Several(node, least, most)
        return node

    def atom(self) -> Node:
        token = self.tokens.pop(0)
        if token["name"]:
            return Name(token["name"])
        if token["chars"]:
            return _chars(token["chars"])
        if token["mark"]:
            node = self.choice()
            self.tokens.pop(0)
            return node
        return Literal(token["single"] if token["single"] is not None else token["double"])


def _chars(text: str) -> Chars:
    plain = re.sub(r"#x([0-9A-F]+)", lambda found: chr(int(found[1], 16)), text)
    some = "".join(
        "".join(map(chr, range(ord(low), ord(high) + 1))) if high else low
        for low, high in re.findall(r"(.)(?:-(.))?", plain, re.DOTALL)
    )
    return Chars(re.compile(f"[{re.escape(some)}]"), some)


def grammars(page: Path) -> list[Grammar]:
    """Return the grammars of a page, in their order."""
    return [Grammar(block) for block in re.findall(r"```ebnf\n(.*?)```", page.read_text("utf-8"), re.DOTALL)]
