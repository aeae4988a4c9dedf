"""The cycle collector is held still inside, and afterwards is as it was."""

from __future__ import annotations

import gc

import pytest

from according.link.collector import collector_paused


@collector_paused()
def _break() -> None:
    raise ValueError("on" if gc.isenabled() else "still")


def test_the_collector_is_still_inside_and_as_before_afterwards_whatever_happens() -> None:
    with pytest.raises(ValueError, match="still"):
        _break()
    assert gc.isenabled()


def test_one_who_turned_it_off_keeps_it_off() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
