"""Who did it, according to whom: statuses and grades from accusations, admissions and denials in the order told."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from according.infer import infer
from according.infer.voices import Sayings
from according.records import Claim, Incident, PlaceReading, Report, Resolution, Span, Voice, VoiceClass

EGYPT, FRANCE, JETS = "actor:EG/state", "actor:FR/state", "actor:EG/air-force"


class Saying(NamedTuple):
    """One statement: who says it (none is the outlet), of whom, and whether it is denied; ``day`` of coming out."""

    voice: str | None
    doer: str | None
    denied: bool = False
    speaks_for: str | None = None
    predicate: str = "airstrike"
    day: int = 1
    voice_class: VoiceClass = "official"
    block: str = "body"
    doer_words: str = "the jets"
    text: str = "x" * 50
    cue: str | None = None
    hit: str | None = None


def _read(
    *sayings: Saying,
    shuffle: random.Random | None = None,
    copies: dict[str, str] | None = None,
    sources: tuple[str, ...] = (),
) -> Incident:
    claims, resolutions, reports = [], [], {}
    for index, saying in enumerate(sayings):
        claim, found = _claim(index, saying)
        claims.append(claim)
        resolutions += found
        source = sources[index] if sources else f"Daily {index}" if copies else "Daily"
        reports[claim.report] = Report(id=claim.report, text="", source=source, published=f"2019-05-{saying.day:02d}")
    if shuffle:
        shuffle.shuffle(claims)
        shuffle.shuffle(resolutions)
    incident = Incident(
        id="i", predicate="airstrike", reports=tuple(reports), claims=tuple(claim.id for claim in claims)
    )
    [weighed] = infer(claims, resolutions, [incident], None, reports=reports, copies=copies).incidents
    return weighed


def _claim(index: int, saying: Saying) -> tuple[Claim, list[Resolution]]:
    at = index * 100
    more: dict[str, Any] = {"block": saying.block}
    if saying.cue:
        start = at + saying.text.index(saying.cue)
        more["cues"] = (Span(start, start + len(saying.cue), saying.cue),)
    if saying.hit:
        more["object"] = Span(at, at + len(saying.hit), saying.hit)
    if saying.voice:
        span = Span(at, at + len(saying.voice), saying.voice)
        more["voices"] = (Voice(voice_class=saying.voice_class, span=span),)
    claim = Claim(
        id=f"c{index}",
        report=f"r{index}",
        evidence=Span(at, at + len(saying.text), saying.text),
        predicate=saying.predicate,
        polarity="denied" if saying.denied else "affirmed",
        subject=Span(at + 20, at + 20 + len(saying.doer_words), saying.doer_words),
        **more,
    )
    found = [Resolution(claim=claim.id, role="subject", referent=saying.doer, basis="stated", name=saying.doer)]
    if saying.speaks_for:
        found.append(Resolution(claim=claim.id, role="voice", referent=saying.speaks_for, basis="stated"))
    return claim, found


BLAMED = Saying("residents", EGYPT)
DENIAL = Saying("Cairo", EGYPT, denied=True, speaks_for=EGYPT, day=2)
ADMISSION = Saying("Cairo", EGYPT, speaks_for=EGYPT, day=3)

HARMLESS = Saying("Cairo", EGYPT, denied=True, speaks_for=EGYPT, day=3, predicate="injure")


@pytest.mark.parametrize(
    ("sayings", "status", "grade"),
    [
        ((BLAMED,), "alleged", "fair"),
        ((Saying("a doctor", EGYPT),), "alleged", "weak"),
        ((BLAMED, DENIAL), "disputed", "fair"),
        ((DENIAL,), "denied", "weak"),
        ((ADMISSION,), "claimed", "confirmed"),
        ((BLAMED, DENIAL, ADMISSION), "acknowledged", "confirmed"),
        ((BLAMED, ADMISSION, DENIAL._replace(day=4)), "disputed", "fair"),
        ((BLAMED, Saying("Cairo", FRANCE)), "disputed", "contested"),
        ((BLAMED, Saying("Cairo", JETS)), "alleged", "fair"),
        ((BLAMED, Saying("NATO", EGYPT, denied=True, predicate="assess", speaks_for=FRANCE)), "disputed", "discounted"),
        ((ADMISSION, HARMLESS), "claimed", "weak"),
        ((BLAMED, ADMISSION, HARMLESS), "acknowledged", "fair"),
        ((ADMISSION._replace(hit="rebel positions"),), "claimed", "weak"),
        ((ADMISSION._replace(hit="a hospital"),), "claimed", "confirmed"),
    ],
)
def test_status_and_grade(sayings: tuple[Saying, ...], status: str, grade: str) -> None:
    weighed = _read(*sayings)
    assert {one.status for one in weighed.attribution if one.actor in {EGYPT, JETS}} == {status}
    assert weighed.grade == grade
    assert weighed.because


def test_a_state_and_its_forces_are_one_accused_under_the_narrower_name() -> None:
    assert [one.actor for one in _read(BLAMED, Saying("a doctor", JETS)).attribution] == [JETS]


def test_doers_nobody_can_name_stay_unclear_and_things_are_no_doers() -> None:
    unknown = _read(Saying("a doctor", None, doer_words="unidentified warplanes"))
    assert [(one.actor, one.status) for one in unknown.attribution] == [(None, "unclear")]
    assert _read(Saying("a doctor", None, doer_words="a missile")).attribution == ()


@pytest.mark.parametrize(
    "words",
    ["a truck", "an air strike", "Shelling", "the jet", "any guard", "No group", "a text", "it", "wrong orders"],
)
def test_only_those_who_can_act_are_doers(words: str) -> None:
    assert [one.name for one in _read(Saying("a doctor", None, doer_words=words)).attribution if one.blamed_by] == []


def test_armed_people_the_registry_does_not_know_are_listed_by_their_words() -> None:
    told = Saying("a doctor", None, doer_words="the gunmen"), Saying("residents", None, doer_words="attackers")
    [one] = _read(*told).attribution
    assert (one.actor, one.name, one.status, one.blamed_by) == (None, "gunmen", "alleged", ("a doctor", "residents"))


def test_words_for_whoever_attacked_stand_for_who_is_named() -> None:
    assert [one.actor for one in _read(BLAMED, Saying("police", None, doer_words="two gunmen")).attribution] == [EGYPT]


def test_nobody_came_forward_leaves_the_author_unknown_but_is_no_rival_to_an_accused() -> None:
    unclaimed = Saying(None, None, doer_words="No group")
    [one] = _read(unclaimed).attribution
    assert (one.actor, one.name, one.status, one.blamed_by) == (None, "unknown", "unclear", ())
    assert [one.actor for one in _read(BLAMED, unclaimed).attribution] == [EGYPT]
    assert _read(BLAMED, unclaimed).grade == "fair"


def test_an_accuser_who_changes_his_mind_has_the_last_word_that_his_words_say() -> None:
    first = Saying("the mayor", EGYPT, text="The mayor at first blamed Egypt for the raid.", cue="blamed")
    then = Saying("the mayor", FRANCE, text="The mayor later blamed France for the raid.", cue="blamed")
    assert [one.actor for one in _read(first, then).attribution] == [FRANCE]
    assert [one.actor for one in _read(first, then._replace(text=first.text)).attribution] == [EGYPT, FRANCE]


def test_an_admission_told_before_an_older_denial_stands() -> None:
    denied = ADMISSION._replace(denied=True, text="Cairo had denied carrying out the raid.", cue="carrying")
    [one] = _read(ADMISSION, denied).attribution
    assert (one.status, one.claimed_by, one.denied_by) == ("acknowledged", ("Cairo",), ())


def test_who_struck_a_camp_and_denies_having_struck_the_school_denies_it() -> None:
    [one] = _read(BLAMED, ADMISSION._replace(hit="a camp of rebels"), DENIAL._replace(hit="the school")).attribution
    assert (one.status, one.claimed_by, one.denied_by) == ("disputed", (), ("Cairo",))


def test_two_voices_against_another_side_outweigh_a_verdict_on_oneself() -> None:
    verdict = Saying("Paris", FRANCE, denied=True, predicate="assess", speaks_for=FRANCE)
    assert _read(BLAMED, Saying("a doctor", EGYPT), verdict).grade == "contested"


def test_a_headline_is_no_accuser_beside_the_body() -> None:
    headline = Saying(None, EGYPT, block="headline")
    body = Saying("residents", EGYPT)
    claims, resolutions = zip(*(_claim(n, one) for n, one in enumerate((headline, body))), strict=True)
    told = [msgspec.structs.replace(claim, report="r") for claim in claims]
    incident = Incident(id="i", predicate="airstrike", reports=("r",), claims=tuple(claim.id for claim in told))
    [weighed] = infer(told, [one for found in resolutions for one in found], [incident], None).incidents
    assert [one.blamed_by for one in weighed.attribution] == [("residents",)]


def test_reports_go_by_the_ids_they_came_with() -> None:
    claim, found = _claim(0, BLAMED)
    incident = Incident(id="i", predicate="airstrike", reports=("r0",), claims=(claim.id,))
    reports = {"r0": Report(id="r0", text="", input_id="wire-17")}
    [weighed] = infer([claim], found, [incident], None, reports=reports).incidents
    assert weighed.reports == ("wire-17",)


def test_reasons_name_who_said_what() -> None:
    told = " ".join(_read(BLAMED, DENIAL).because)
    assert "residents" in told
    assert "Cairo" in told
    assert "disputed" in told


def test_a_comment_accuses_nobody() -> None:
    assert _read(BLAMED, Saying("a reader", FRANCE, block="comment")).attribution == _read(BLAMED).attribution


def test_the_outlet_speaks_under_its_own_name() -> None:
    [one] = _read(Saying(None, EGYPT)).attribution
    assert one.blamed_by == ("Daily",)


def test_outlets_with_one_text_are_one_voice() -> None:
    told = (Saying(None, EGYPT), Saying(None, EGYPT), Saying(None, EGYPT))
    apart, wire = {"r0": "r0", "r1": "r1", "r2": "r2"}, {"r0": "r0", "r1": "r0", "r2": "r0"}
    assert (_read(*told, copies=apart).independent_voices, _read(*told, copies=wire).independent_voices) == (3, 1)
    assert _read(*told, copies=wire).grade == "weak"


Voiced = tuple[str, VoiceClass, str | None]
"""Words for a voice, its class and the actor that they resolve to."""


def _voices(*told: Voiced) -> int:
    sayings = [Saying(said, None, speaks_for=actor, voice_class=one) for said, one, actor in told]
    return _read(*sayings).independent_voices


def test_an_outlet_is_one_voice_under_all_its_names() -> None:
    agency: Voiced = ("Agence France-Presse", "unnamed", None)
    assert _voices(("AFP", "media", "actor:PH/armed-forces"), agency, ("an AFP correspondent", "media", None)) == 1
    assert _voices(("AFP", "media", None), ("Reuters", "media", None)) == 2
    assert _voices(("An AFP officer", "military", "actor:PH/armed-forces"), agency) == 2


@pytest.mark.parametrize(("country", "name"), [("PH", "the AFP"), ("SY", "Agence France-Presse")])
def test_letters_that_an_army_shares_are_no_outlet_in_its_own_country(country: str, name: str) -> None:
    claim, found = _claim(0, Saying("the AFP", None, speaks_for="actor:PH/armed-forces", voice_class="media"))
    where = PlaceReading("there", country, None, None, "town")
    found.append(Resolution(claim=claim.id, role="place", referent="place:there", basis="stated", place=where))
    assert Sayings(found).speaker(claim).name == name


def test_outlets_that_speak_for_one_side_are_one_voice_and_that_side_s() -> None:
    tass: Voiced = ("the TASS news agency", "organisation", "actor:RU/tass")
    assert _voices(tass, ("RT", "unnamed", None)) == 1
    assert _voices(tass, ("the Defence Ministry", "official", "actor:RU/armed-forces")) == 1
    assert _voices(tass, ("SANA", "media", "actor:SY/sana")) == 2


def test_who_speaks_for_one_actor_is_one_voice_by_whatever_name() -> None:
    ministry: Voiced = ("the Defence Ministry", "official", "actor:LY/gna")
    assert _voices(ministry, ("the GNA", "official", "actor:LY/gna")) == 1
    assert _voices(ministry, ("an LNA general", "military", "actor:LY/lna")) == 2


def test_two_stories_of_one_outlet_are_one_voice() -> None:
    told = (Saying(None, EGYPT), Saying(None, EGYPT, day=2))
    assert _read(*told, sources=("AFP", "Agence France-Presse")).independent_voices == 1
    assert _read(*told, sources=("AFP", "Reuters")).independent_voices == 2
    assert _read(*told, sources=("TASS", "RT")).independent_voices == 1


SAYINGS = st.builds(
    Saying,
    voice=st.sampled_from([None, "residents", "a doctor", "Cairo"]),
    doer=st.sampled_from([EGYPT, FRANCE, JETS]),
    denied=st.booleans(),
    speaks_for=st.sampled_from([None, EGYPT, FRANCE]),
    day=st.integers(1, 5),
    text=st.sampled_from(["Cairo had denied the raid.", "Later Cairo denied the raid.", "x" * 50]),
    cue=st.none(),
    hit=st.sampled_from([None, "a camp of rebels", "the school"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SAYINGS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_claims_is_no_matter_and_every_attribution_names_one(
    sayings: list[Saying], luck: random.Random
) -> None:
    weighed = _read(*sayings)
    shuffled = _read(*sayings, shuffle=luck)
    assert shuffled.attribution == weighed.attribution
    assert (shuffled.grade, shuffled.independent_voices) == (weighed.grade, weighed.independent_voices)
    assert all(one.claims for one in weighed.attribution)


def test_who_speaks_of_its_alleged_deed_owns_to_nothing() -> None:
    told = ADMISSION._replace(text="Cairo spoke of the alleged raid of the jets in May.", cue="alleged")
    [one] = _read(BLAMED, told).attribution
    assert (one.status, one.claimed_by) == ("alleged", ())


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("Cairo acknowledged a raid in the district and said it was looking into the reports.", "fair"),
        ("Cairo acknowledged a raid in the district and said it was sorry.", "confirmed"),
    ],
)
def test_who_owns_to_a_strike_and_looks_into_what_came_of_it_has_not_accepted_harm(text: str, grade: str) -> None:
    harm = Saying("residents", None, predicate="kill", doer_words="it")
    assert _read(BLAMED, harm, ADMISSION._replace(text=text, cue="acknowledged")).grade == grade


def test_a_weapon_of_unknown_nationality_leaves_its_author_open() -> None:
    text = "The raid, it was said: a drone of unknown nationality hit the depot."
    told = Saying("the council", None, doer_words="a drone", text=text)
    claim, _ = _claim(0, told)
    at = text.index("a drone")
    placed = msgspec.structs.replace(claim, subject=Span(at, at + len("a drone"), "a drone"))
    assert Sayings([]).doers(placed) == [(None, "unknown")]


def test_an_acceptance_that_may_be_of_another_event_confirms_nothing() -> None:
    text = "Cairo accepted that it struck a hospital, but it is unclear whether this is the same event."
    own = ADMISSION._replace(text=text, cue="accepted", hit="a hospital")
    assert _read(BLAMED, own).grade == "fair"
    assert _read(BLAMED, own._replace(text="Cairo accepted that it struck a hospital.")).grade == "confirmed"


def test_who_says_it_was_behind_a_deed_owns_to_it() -> None:
    harm = Saying("residents", None, predicate="kill", doer_words="it")
    assert _read(harm, ADMISSION._replace(text="Cairo said that it was behind the raid.")).grade == "confirmed"
    assert _read(harm, ADMISSION._replace(text="Cairo said that it made a raid there.")).grade == "fair"
    assert _read(harm, ADMISSION._replace(text="Cairo said that its men carried out the attack.")).grade == "confirmed"
    assert _read(harm, ADMISSION._replace(text="Cairo said that it had planted the bomb.")).grade == "confirmed"


def test_a_state_s_media_are_one_voice() -> None:
    assert [_read(Saying(voice, EGYPT)).grade for voice in ("local media", "state media")] == ["fair", "weak"]


def test_a_doubt_that_names_who_it_may_have_been_leaves_nobody_else_open() -> None:
    text = "Who did it was unclear, with both Cairo and Paris named."
    doubt = Saying(None, None, doer_words="it", text=text, cue="Who did it was unclear")
    named = [
        one.name for one in _read(Saying(None, EGYPT, text=text), Saying(None, FRANCE, text=text), doubt).attribution
    ]
    assert named == [EGYPT, FRANCE]


def test_who_claims_responsibility_beside_others_counts_of_civilians_confirms() -> None:
    harm = Saying("residents", None, predicate="kill", doer_words="it")
    claimed = Saying(None, EGYPT, predicate="claim_responsibility")
    assert _read(harm, BLAMED, claimed).grade == "confirmed"
    found = Saying(None, EGYPT, predicate="assess", text="Cairo found the report of two dead credible.")
    assert _read(harm, BLAMED, found).grade == "confirmed"
