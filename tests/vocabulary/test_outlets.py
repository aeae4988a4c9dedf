"""Outlets by name and address; whom they speak for is in the registry."""

from __future__ import annotations

import pytest

from according.errors import BrokenAssumptionError
from according.vocabulary.actors import load_actors
from according.vocabulary.outlets import Outlet, OutletData, Outlets, load_outlets


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.reuters.com/world/a-page", "Reuters"),
        ("http://french.xinhuanet.com/x.htm", "Xinhua"),
        ("https://notreuters.com/", None),
        ("no address", None),
        ("https://[no address", None),
    ],
)
def test_a_page_is_its_outlets(url: str, name: str | None) -> None:
    assert load_outlets().of_url(url) == name


def test_an_alias_names_the_outlet() -> None:
    assert load_outlets().named("afp") == "Agence France-Presse"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("an AFP correspondent", ("Agence France-Presse", "AFP")),
        ("the Interfax-Ukraine agency", ("Interfax-Ukraine", "Interfax-Ukraine")),
        ("the national broadcaster", None),
        ("a poll of The National Council", None),
        ("RTs", None),
    ],
)
def test_an_outlet_is_found_in_words(words: str, found: tuple[str, str] | None) -> None:
    assert load_outlets().within(words) == found


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the TASS news agency", "TASS"),
        ("Press TV", "Press TV"),
        ("The AP", "Associated Press"),
        ("analysts of the MENA region", None),
        ("an AFP officer", None),
    ],
)
def test_words_may_be_an_outlet_s_whole_name(words: str, name: str | None) -> None:
    found = load_outlets().within(words, whole=True)
    assert (found[0] if found else None) == name


def test_two_outlets_cannot_share_a_name() -> None:
    with pytest.raises(BrokenAssumptionError, match="both claim"):
        Outlets(OutletData({"One": Outlet(aliases=("News",)), "Two": Outlet(aliases=("News",))}))


def test_outlets_speak_for_actors_of_the_registry() -> None:
    known = load_actors().actors
    assert [o.speaks_for for o in load_outlets().outlets.values() if o.speaks_for and o.speaks_for not in known] == []
