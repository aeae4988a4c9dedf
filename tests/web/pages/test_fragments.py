"""Parts of pages that are kept: made once, whoever asks meanwhile, and forgotten when they are too many."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from markupsafe import Markup

from according.web.pages.fragments import Fragments

READERS = 8


def test_readers_who_come_at_once_wait_for_one_to_make_a_part() -> None:
    fragments, made, all_here = Fragments(), [], Barrier(READERS)

    def make() -> Markup:
        made.append(1)
        Event().wait(0.05)
        return Markup("part")

    def read() -> Markup:
        all_here.wait()
        return fragments.of("front", make)

    with ThreadPoolExecutor(READERS) as pool:
        told = [one.result() for one in [pool.submit(read) for _ in range(READERS)]]
    assert told == ["part"] * READERS
    assert len(made) == 1


def test_a_part_that_could_not_be_made_is_tried_again() -> None:
    fragments = Fragments()

    def fail() -> Markup:
        raise OSError("no disk")

    with pytest.raises(OSError, match="no disk"):
        fragments.of("front", fail)
    assert fragments.of("front", lambda: Markup("part")) == "part"


def test_the_longest_unused_part_goes_first() -> None:
    fragments = Fragments(most=10)
    for name in ("a", "b", "a", "c"):
        fragments.of(name, lambda: Markup("12345"))
    assert fragments.of("a", lambda: Markup("new")) == "12345"
    assert fragments.of("b", lambda: Markup("new")) == "new"
