from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from according.issues import Issues
from according.records import Block, BlockKind, Claim, Passage, Report, Resolution, Span, with_id
from according.resolve.places import resolve_places
from according.resolve.toponyms import read_toponyms
from according.vocabulary import load_vocabulary

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases_places.yaml").read_text("utf-8"))


def _resolved(lines: list[dict[str, Any]]) -> list[Resolution | None]:
    """Resolve one claim a line that has a ``place`` key (its words, or null); blocks are the lines."""
    text = "\n".join(line["text"] for line in lines)
    passages, blocks, claims, start = [], [], [], 0
    for index, line in enumerate(lines):
        kind: BlockKind = line.get("block", "body")
        span = Span.cut(text, start, start + len(line["text"]))
        blocks.append(Block(kind=kind, start=span.start, end=span.end))
        passages.append(Passage(report="r", index=index, span=span, block=kind, block_index=index))
        if "place" in line:
            claims.append(_claim(text, span, line["place"], kind, line.get("cue")))
        start = span.end + 1
    report = Report(id="r", text=text, blocks=tuple(blocks))
    found = {r.claim: r for r in resolve_places(report, passages, claims, load_vocabulary(), Issues())}
    return [found.get(claim.id) for claim in claims]


def _claim(text: str, span: Span, words: str | None, block: BlockKind, cue: str | None = None) -> Claim:
    place = None
    cues = (Span.cut(text, text.index(cue, span.start), text.index(cue, span.start) + len(cue)),) if cue else ()
    if words:
        at = text.index(words, span.start)
        place = Span.cut(text, at, at + len(words))
    return with_id(Claim(id="", report="r", evidence=span, predicate="airstrike", block=block, place=place, cues=cues))


@pytest.mark.parametrize("case", CASES["claims"], ids=lambda case: case["name"])
def test_a_claim_rests_on_the_place_that_governs_it(case: dict[str, Any]) -> None:
    resolution = _resolved(case["lines"])[-1]
    assert resolution is not None
    assert resolution.place is not None
    found = {
        "place": resolution.place.name,
        "country": resolution.place.country,
        "precision": resolution.place.precision,
        "basis": resolution.basis,
    }
    assert found == case["expected"]


@pytest.mark.parametrize("case", CASES["toponyms"], ids=lambda case: case["text"][:50])
def test_one_of_several_places_of_a_name_is_chosen(case: dict[str, Any]) -> None:
    found = {
        t.span.text: f"{t.place.province}, {t.place.country}" for t in read_toponyms(case["text"], load_vocabulary())
    }
    assert {name: found.get(name) for name in case["places"]} == case["places"]


@pytest.mark.parametrize("case", CASES["kinds"], ids=lambda case: case["text"][:50])
def test_the_words_around_a_name_say_what_kind_of_place_it_is(case: dict[str, Any]) -> None:
    named = {t.span.text: t for t in read_toponyms(case["text"], load_vocabulary())}
    toponym = named[case["at"]]
    assert (toponym.place.kind, toponym.actor) == (case["kind"], case["somebody"])


def test_nothing_named_gives_nothing() -> None:
    assert _resolved([{"text": "Jets struck at dawn.", "place": None}]) == [None]


def test_a_named_place_that_nothing_locates_is_kept_unresolved() -> None:
    (resolution,) = _resolved([{"text": "Jets struck Zorgblat at dawn.", "place": "Zorgblat"}])
    assert resolution is not None
    assert resolution.referent is None
    assert resolution.place is not None
    assert (resolution.place.name, resolution.place.country, resolution.place.latitude) == ("Zorgblat", None, None)


def test_candidates_are_kept_best_first() -> None:
    (resolution,) = _resolved([{"text": "Jets struck Tripoli.", "place": "Tripoli"}])
    assert resolution is not None
    assert len(resolution.candidates) > 1
    assert resolution.candidates[0].referent == resolution.referent
    scores = [candidate.score for candidate in resolution.candidates]
    assert scores == sorted(scores, reverse=True)


def test_a_title_beside_the_text_gives_the_place_of_a_headline() -> None:
    text = "Four people died when jets struck a house."
    span = Span.cut(text, 0, len(text))
    passage = Passage(report="r", index=0, span=span, block="body", block_index=0)
    report = Report(id="r", text=text, title="Raid on Marib", blocks=(Block(kind="body", start=0, end=len(text)),))
    claims = [_claim(text, span, None, "body")]
    (resolution,) = resolve_places(report, [passage], claims, load_vocabulary(), Issues())
    assert (resolution.name, resolution.basis, resolution.span) == ("Marib", "headline", None)


def test_a_comment_rests_on_the_event_only_when_it_speaks_of_it() -> None:
    said: list[dict[str, Any]] = [
        {"text": "Jets struck Kunduz in Afghanistan.", "place": "Kunduz"},
        {"text": "They are 100% behind this strike.", "place": None, "block": "comment"},
        {"text": "Everybody bombs everybody.", "place": None, "block": "comment"},
    ]
    speaking, silent = _resolved(said)[1:]
    assert speaking is not None
    assert (speaking.name, silent) == ("Kunduz", None)
