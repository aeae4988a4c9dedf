"""The salience model: agreement, recency, prominence, and who is left out."""

from __future__ import annotations

from according.resolve.mentions import Discourse, Mention, agreeing, as_group, is_plural


def mention(at: int, actor: str, kind: str, *, passage: int = 0, role: str = "", text: str = "x") -> Mention:
    return Mention(
        start=at, end=at + len(text), text=text, actor=actor, name=actor, kind=kind, basis="stated", passage=passage,
        role=role, plural=is_plural(text),
    )  # fmt: skip


def told(*mentions: Mention) -> Discourse:
    discourse = Discourse()
    for one in mentions:
        discourse.add(one)
    return discourse


POINTER = mention(100, "", "", passage=2, text="it")


def first(discourse: Discourse, pronoun: str, excluded: tuple[str, ...] = ()) -> str | None:
    found = discourse.antecedents(POINTER, agreeing(pronoun), excluded)  # type: ignore[arg-type]
    return found[0][0].actor if found else None


def test_a_person_is_meant_by_he_and_never_by_it() -> None:
    discourse = told(mention(0, "front", "armed_group"), mention(10, "leader", "person"))
    assert first(discourse, "person") == "leader"
    assert first(discourse, "thing") == "front"


def test_the_last_told_wins_among_equals() -> None:
    discourse = told(mention(0, "old", "armed_group"), mention(50, "new", "armed_group", passage=1))
    assert first(discourse, "thing") == "new"


def test_who_acts_outweighs_who_is_acted_on_in_the_same_sentence() -> None:
    discourse = told(
        mention(0, "army", "armed_forces", role="subject", passage=1),
        mention(20, "front", "armed_group", role="object", passage=1),
    )
    assert first(discourse, "thing") == "army"
    assert first(discourse, "thing", excluded=("army",)) == "front"


def test_several_people_are_meant_by_they() -> None:
    discourse = told(
        mention(0, "fighters", "armed_group", text="fighters"), mention(20, "agency", "monitor", text="agency")
    )
    assert first(discourse, "several") == "fighters"


def test_a_later_mention_is_no_antecedent() -> None:
    assert first(told(mention(200, "front", "armed_group", passage=3)), "thing") is None


def test_the_group_is_no_state() -> None:
    discourse = told(mention(0, "state", "state"), mention(20, "army", "armed_forces"))
    assert discourse.antecedents(POINTER, as_group) == []


def test_each_actor_is_weighed_once() -> None:
    discourse = told(*(mention(at, "front", "armed_group") for at in (0, 10, 20)))
    assert len(discourse.antecedents(POINTER, as_group)) == 1
