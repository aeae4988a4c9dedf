"""Events: which are told, of what kind, who did them to whom and where; and what leans on them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.extract.reading import VOCABULARY, cases, read, report_of

from according.extract import extract
from according.extract.authors import extract_authors
from according.extract.events import find_events
from according.extract.leaning import lean
from according.issues import Issues
from according.records import Claim


def events_of(*texts: str) -> list[Claim]:
    return [claim for mention in lean(find_events(read(*texts), VOCABULARY)) for claim in mention.claims]


def shown(claim: Claim) -> str:
    parts = (claim.subject, claim.object, claim.place)
    return " | ".join([claim.predicate, *(span.text if span else "-" for span in parts)])


@pytest.mark.parametrize("case", cases("events"), ids=lambda c: c["text"][0][:60])
def test_events(case: dict[str, Any]) -> None:
    assert [shown(claim) for claim in events_of(*case["text"])] == case["events"]


def test_further_doers_belong_to_the_first_claim() -> None:
    first, second = events_of("The army and the Border Guard shelled Osk.")
    assert (first.event, second.event) == (None, first.id)


def test_the_text_may_say_that_nobody_knows_who_did_it() -> None:
    (claim,) = events_of("It is not clear which country was behind the air strikes.")
    assert claim.subject is None
    assert "not clear which" in [cue.text for cue in claim.cues]


@pytest.mark.parametrize(
    "later",
    [
        "The attack wounded nine.",
        "Medics reached the scene of the strike.",
        "It hit the old market.",
        "The market was hit at noon.",
    ],
)
def test_what_takes_up_an_event_belongs_to_it(later: str) -> None:
    strike, again = events_of("An air strike in Osk destroyed a market.", later)
    assert again.event == strike.id


@pytest.mark.parametrize(
    "later",
    [
        "An attack followed in the evening.",
        "The attack in Duvar wounded nine.",
        "The ceasefire held.",
        "Rebels hit a bus.",
    ],
)
def test_what_tells_another_event_does_not(later: str) -> None:
    assert events_of("An air strike in Osk destroyed a market.", later)[1].event is None


def test_harm_belongs_to_the_event_that_did_it() -> None:
    texts = ("Shelling killed three in Osk, while an air strike in Duvar killed nine.", "Twenty others were wounded.")
    claims = list(extract(*report_of(*texts), VOCABULARY, Issues()))
    kind_of = {claim.id: claim.predicate for claim in claims}
    harm = {claim.quantity.low: kind_of[claim.event] for claim in claims if claim.quantity and claim.event}
    assert harm == {3: "shell", 9: "airstrike", 20: "airstrike"}


AUTHORS = [
    ("Residents held the army responsible.", "the army", ["Residents"], "affirmed"),
    ("Most sources put it down to Orlesian jets.", "Orlesian jets", ["Most sources"], "affirmed"),
    ("The radio blamed regime forces.", "regime forces", ["The radio"], "affirmed"),
    ("The mayor blamed the deaths on the Hill Front.", "the Hill Front", ["The mayor"], "affirmed"),
    ("The Hill Front claimed responsibility.", "The Hill Front", ["The Hill Front"], "affirmed"),
    ("The army denied any involvement.", "The army", ["The army"], "denied"),
    ("The mayor said the army was responsible.", "the army", ["The mayor"], "affirmed"),
    ("The council accused the army.", "the army", ["The council"], "affirmed"),
    ("The army was accused by the council.", "The army", ["the council"], "affirmed"),
    ("Orlesian jets carried it out.", "Orlesian jets", [], "affirmed"),
    ("The radio said the aircraft were Orlesian.", "Orlesian", ["The radio"], "affirmed"),
    ("The radio identified the planes as Orlesian.", "Orlesian", ["The radio"], "affirmed"),
    ("The mayor said the rockets had come from army positions.", "army", ["The mayor"], "affirmed"),
    ("The mayor said the jets belonged to Orlesia.", "Orlesia", ["The mayor"], "affirmed"),
    ("The army accused the rebels of firing the rockets.", "the rebels", ["The army"], "affirmed"),
    ("The mayor said an Orlesian missile was the likely cause.", "Orlesian", ["The mayor"], "affirmed"),
    ("The radio blamed armed groups in the east of the city.", "armed groups", ["The radio"], "affirmed"),
    ("The radio blamed the Hill Front for having fired it.", "the Hill Front", ["The radio"], "affirmed"),
    ("The mayor blamed the Hill Front for planting the bomb.", "the Hill Front", ["The mayor"], "affirmed"),
    ("A villager said that it had come from an army helicopter.", "an army helicopter", ["A villager"], "affirmed"),
    ("A villager said that the jet was of the regime.", "the regime", ["A villager"], "affirmed"),
    ("The mayor said it was soldiers from the post.", "soldiers from the post", ["The mayor"], "affirmed"),
    ("The mayor said it had been a rocket fired by the Hill Front.", "the Hill Front", ["The mayor"], "affirmed"),
    ("The mayor attributed the deaths to the Hill Front.", "the Hill Front", ["The mayor"], "affirmed"),
    ("The mayor said that border guards had fired it.", "border guards", ["The mayor"], "affirmed"),
    ("The Hill Front said that it had not been involved.", "it", ["The Hill Front"], "denied"),
    ("The Hill Front, which the mayor blamed, has not commented.", "The Hill Front", ["the mayor"], "affirmed"),
]


@pytest.mark.parametrize(("text", "doer", "voices", "polarity"), AUTHORS, ids=lambda value: str(value)[:40])
def test_deeds_put_down_to_somebody(text: str, doer: str, voices: list[str], polarity: str) -> None:
    sentences = read("A strike on Osk killed nine.", text)
    mentions = find_events(sentences, VOCABULARY)
    (claim,) = extract_authors(sentences, mentions)
    assert claim.predicate == "airstrike"
    assert claim.event == mentions[0].claim.id
    assert claim.subject is not None
    assert claim.subject.text == doer
    assert [v.span.text for v in claim.voices if v.span] == voices
    assert claim.polarity == polarity


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("The army and the Hill Front blamed each other.", "The army"),
        ("Neither the army nor the Hill Front spoke, and each accuses the other.", "the army"),
    ],
)
def test_who_accuse_each_other_are_both_accused(text: str, doer: str) -> None:
    sentences = read("A strike on Osk killed nine.", text)
    claims = list(extract_authors(sentences, find_events(sentences, VOCABULARY)))
    assert [claim.subject.text for claim in claims if claim.subject] == [doer, "the Hill Front"]
    assert {claim.polarity for claim in claims} == {"affirmed"}


@pytest.mark.parametrize("text", ["Which group was behind it is not clear.", "It was unclear who carried it out."])
def test_what_leaves_the_author_open_is_a_claim_without_a_subject(text: str) -> None:
    sentences = read("A strike on Osk killed nine.", text)
    mentions = find_events(sentences, VOCABULARY)
    (claim,) = extract_authors(sentences, mentions)
    assert (claim.subject, claim.event) == (None, mentions[0].claim.id)
    assert claim.cues[-1].text in text


@pytest.mark.parametrize(
    "text",
    [
        "The council accused the army of arming rebels.",
        "The army was accused by a rights group of arming rebels.",
        "The two sides accused each other.",
        "The army has not claimed responsibility.",
        "The army neither confirmed nor denied it.",
        "Neither the army nor the Hill Front has taken responsibility.",
        "The army said that it had not been involved in politics.",
        "A letter came from the army.",
        "The army blamed wrong information.",
    ],
)
def test_an_accusation_of_something_else_is_not_about_the_deed(text: str) -> None:
    sentences = read("A strike on Osk killed nine.", text)
    assert list(extract_authors(sentences, find_events(sentences, VOCABULARY))) == []


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The Hill Front claimed responsibility.", "affirmed"),
        ("The army denied responsibility.", "denied"),
        ("The army denied any role.", "denied"),
        ("The army rejected responsibility for the raid.", "denied"),
        ("No group claimed responsibility.", "denied"),
    ],
)
def test_refusing_responsibility_denies_it(text: str, polarity: str) -> None:
    claims = events_of("Shelling hit Osk.", text)
    assert [c.polarity for c in claims if c.predicate == "claim_responsibility"] == [polarity]


@pytest.mark.parametrize(
    "text", ["No group has said that it was behind the attack.", "No one has said that he did it."]
)
def test_what_nobody_has_said_makes_nobody_a_doer(text: str) -> None:
    sentences = read("Shelling hit Osk.", text)
    mentions = find_events(sentences, VOCABULARY)
    claims = [c for m in mentions for c in m.claims] + list(extract_authors(sentences, mentions))
    assert [c.subject for c in claims] == [None] * len(claims)


def test_a_blame_in_the_present_is_of_what_happened() -> None:
    sentences = read("A bomb killed nine people in Osk.", "The government blames the Hill Front.")
    (claim,) = extract_authors(sentences, find_events(sentences, VOCABULARY))
    assert claim.realis == "happened"


def test_the_attack_is_not_what_somebody_often_does() -> None:
    often, bomb = events_of("The Hill Front often attacks Osk.", "The attack killed nine people.")
    assert (often.realis, bomb.event) == ("habitual", None)


def test_calling_an_attack_something_does_not_plan_it() -> None:
    _, called = events_of("Rebels shelled Osk.", "The mission called the attack an apparent war crime.")
    assert called.realis == "happened"


def test_nobody_is_put_down_as_the_author_of_nothing() -> None:
    sentences = read("The council met on Monday.", "Residents held the mayor responsible.")
    assert list(extract_authors(sentences, find_events(sentences, VOCABULARY))) == []
