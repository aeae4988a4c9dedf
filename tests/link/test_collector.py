"""The cycle collector is held still inside, and afterwards is as it was."""

from __future__ import annotations

import gc

import pytest

from according.link.collector import collector_paused


def test_the_collector_is_still_inside_and_as_before_afterwards_whatever_happens() -> None:
    with pytest.raises(ValueError, match="broken"), collector_paused():
        assert not gc.isenabled()
        raise ValueError("broken")
    assert gc.isenabled()
    with collector_paused(), collector_paused():
        pass
    assert gc.isenabled()


def test_one_who_turned_it_off_keeps_it_off() -> None:
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
