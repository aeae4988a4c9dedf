"""Which words of a sentence are read as the place of its event, and which are names of something else."""

from __future__ import annotations

import pytest
from tests.extract.reading import read

from according.extract.location import place_of_event

PLACED = [
    ("Gunmen stormed Zorgblat and killed nine.", "stormed", "Zorgblat"),
    ("A bomb killed nine in Zorgblat Monday.", "killed", "Zorgblat"),
    ("Nine died in the massacre that rebels carried out at Zorg Wharf on Monday.", "massacre", "Zorg Wharf"),
    ("Girls set off a bomb in a camp for people in Zorgblat, in Osk's far north.", "set", "Zorgblat"),
    ("The rebels murdered nine at prayer in two mosques of Zorgblat, in Osk district.", "murdered", "Zorgblat"),
]
NOT_PLACED = [
    ("Guards stopped the man at the gate, where his bomb went off.", "went"),
    ("The group said that it attacked the Zorgs.", "attacked"),
    ("Nine died when churches were bombed on Palm Sunday.", "bombed"),
    ("The rebels shot Zorgia first.", "shot"),
    ("Rebels killed nine in revenge for Operation Zorgblat.", "killed"),
    ("The mayor of a town, Zorg Barsan, said the strike hit a market.", "strike"),
    ("The woman, who lies in Zorgblat Hospital, was shot in the leg.", "shot"),
    ("Nine were hurt, among them dancers of a Zorgblat ballet company.", "hurt"),
    ("The rebels want them to take their troops out of Zorgblat and killed nine.", "killed"),
    ("The man, who chairs the Zorgblat council, said nine were killed.", "killed"),
]


def _place(text: str, trigger: str) -> str | None:
    sentence = read(text)[0]
    found = place_of_event(sentence, next(token for token in sentence.doc if token.text == trigger))
    return found.text if found else None


@pytest.mark.parametrize(("text", "trigger", "place"), PLACED)
def test_a_name_that_stands_as_places_do_is_one(text: str, trigger: str, place: str) -> None:
    assert _place(text, trigger) == place


@pytest.mark.parametrize(("text", "trigger"), NOT_PLACED)
def test_a_name_of_something_else_is_no_place(text: str, trigger: str) -> None:
    assert _place(text, trigger) is None
