"""What is made on first use is made once; what is exported says whose it is."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import attrs

from onestop_core._public.annotations import resolve
from onestop_core.rules.once import once

if TYPE_CHECKING:
    from decimal import Decimal  # noqa: TC004 - that it cannot be read is what is tried


def test_threads_that_come_together_get_one_value() -> None:
    started, finish = threading.Event(), threading.Event()
    calls: list[int] = []

    def make() -> object:
        calls.append(1)
        started.set()
        finish.wait()
        return object()

    made = once(make)
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(made())) for _ in range(2)]
    threads[0].start()
    started.wait()
    threads[1].start()
    finish.set()
    for thread in threads:
        thread.join()
    assert len(set(map(id, [*found, made()]))) == 1
    assert calls == [1]


@attrs.frozen(kw_only=True)
class Priced:
    amount: Decimal


@attrs.frozen(kw_only=True)
class Counted:
    number: int


def test_annotations_are_read_before_a_class_moves_where_they_can_be_read() -> None:
    assert resolve(Counted)
    assert attrs.fields(Counted).number.type is int
    # Imported for type checkers only: nobody could read it before either.
    assert not resolve(Priced)
