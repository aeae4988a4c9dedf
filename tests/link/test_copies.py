"""Copies: a text carried again, cut or retitled, is the same voice; a retold event is not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from according.link.copies import copied

WIRE = (
    "Three sisters died when a house near a camp in the south of the capital was bombed on Monday, officials said. "
    "Their mother and a fourth girl were hurt. Witnesses said that the house was hit around midday, and neighbours dug "
    "with their hands until the fire brigade came. The government put it down to the forces of a general in the east."
)
RETOLD = (
    "A bomb hit a family home in the capital's southern quarter; three girls are dead and two relatives in hospital. "
    "Officials in the east have not answered questions, and the ministry speaks of a crime."
)


def test_a_wire_story_is_one_voice_and_a_retold_one_another() -> None:
    texts = {
        "a": WIRE,
        "b": "Sisters killed in capital. " + WIRE,
        "c": WIRE[: len(WIRE) * 2 // 3],
        "d": RETOLD,
        "e": "",
    }
    assert copied(texts) == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "e"}


@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_is_no_matter(order: list[str]) -> None:
    texts = {"a": RETOLD, "b": WIRE, "c": "Again: " + WIRE, "d": WIRE[40:]}
    assert copied({key: texts[key] for key in order}) == {"a": "a", "b": "b", "c": "b", "d": "b"}
