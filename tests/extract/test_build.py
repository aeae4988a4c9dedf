"""Claims from clauses: what is filled in, what may be set, and an id that fits the content."""

from __future__ import annotations

from tests.extract.reading import read

from according.extract.build import claim_of
from according.extract.clauses import read_clause
from according.records import Claim, claim_id

TEXT = "Residents said that jets reportedly bombed Osk on Monday."


def bombed(**roles: object) -> Claim:
    sentence = read(TEXT)[0]
    token = next(t for t in sentence.doc if t.text == "bombed")
    return claim_of(sentence, read_clause(sentence, token), "airstrike", **roles)  # type: ignore[arg-type]


def test_a_claim_carries_what_its_clause_says() -> None:
    claim = bombed()
    assert (claim.polarity, claim.realis, claim.hedge, claim.block) == ("affirmed", "happened", "reported", "body")
    assert [v.span.text for v in claim.voices if v.span] == ["Residents"]
    assert claim.place is not None
    assert claim.place.text == "Osk"
    assert claim.time is not None
    assert claim.time.text == "on Monday"
    assert claim.evidence.text == TEXT
    assert claim.method


def test_the_first_cue_is_the_trigger() -> None:
    assert [cue.text for cue in bombed().cues] == ["bombed", "said", "reportedly"]


def test_roles_given_win_over_the_clause() -> None:
    claim = bombed(place=None, polarity="denied", cues=(bombed().evidence,))
    assert claim.place is None
    assert claim.polarity == "denied"
    assert claim.cues[0].text == "bombed"
    assert claim.cues[-1].text == TEXT


def test_the_id_fits_the_content() -> None:
    assert bombed().id == claim_id(bombed())
    assert bombed(place=None).id != bombed().id
    assert bombed(confidence=0.5).id == bombed().id
