"""Whom roles denote, by a table of cases over hand-made claims, so that only the resolver is under test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from according.issues import Issues
from according.records import Claim, Passage, PlaceReading, Report, Resolution, Role, Span, Voice, with_id
from according.resolve.actors import resolve_actors
from according.segment.sentences import split_sentences
from according.vocabulary import Vocabulary
from according.vocabulary.actors import load_actors

ROWS = yaml.safe_load(Path(__file__).with_name("cases_actors.yaml").read_text("utf-8"))


class NoPlaces:
    def spot(self, _text: str) -> list[object]:
        return []


class ActorsOnly(Vocabulary):
    actors = load_actors()
    gazetteer = NoPlaces()  # type: ignore[assignment]


def words(text: str, told: str | None) -> Span | None:
    if told is None:
        return None
    wanted, _, nth = told.partition("@")
    start = -1
    for _ in range(int(nth or 1)):
        start = text.index(wanted, start + 1)
    return Span.cut(text, start, start + len(wanted))


def claim_of(text: str, row: dict[str, Any]) -> Claim:
    voice = words(text, row.get("voice"))
    return with_id(
        Claim(
            id="",
            report="r",
            evidence=Span.cut(text, 0, len(text)),
            predicate=row["predicate"],
            subject=words(text, row.get("subject")),
            object=words(text, row.get("object")),
            group=row.get("group"),
            voices=(Voice(voice_class="unnamed", span=voice),) if voice else (),
        )
    )


def passages_of(text: str) -> list[Passage]:
    return [
        Passage(report="r", index=index, span=Span.cut(text, start, end), block="body", block_index=0)
        for index, (start, end) in enumerate(split_sentences(text, 0, len(text)))
    ]


def place_in(country: str) -> Resolution:
    reading = PlaceReading(name="", country=country, latitude=None, longitude=None, precision="town")
    return Resolution(claim="", role="place", referent=f"place:test/{country}", basis="stated", place=reading)


def role_of(row: dict[str, Any]) -> Role:
    roles: tuple[Role, ...] = ("object", "subject", "voice")
    return next(role for role in roles if row.get("role", role) == role and role in row)


def resolved(case: dict[str, Any], issues: Issues) -> list[tuple[dict[str, Any], Resolution | None]]:
    text = case["text"]
    claims = [claim_of(text, row) for row in case["roles"]]
    report = Report(id="r", text=text, published=case.get("published"))
    places = [place_in(case["country"])]
    found = list(resolve_actors(report, passages_of(text), claims, ActorsOnly(), issues, places))
    by_role = {(one.claim, one.role): one for one in found}
    return [(row, by_role.get((c.id, role_of(row)))) for row, c in zip(case["roles"], claims, strict=True)]


@pytest.mark.parametrize("case", ROWS, ids=[row["about"] for row in ROWS])
def test_roles_denote(case: dict[str, Any]) -> None:
    issues = Issues()
    for row, found in resolved(case, issues):
        if row["expect"] == "none":
            assert found is None
            continue
        assert (found.referent if found else None) == row["expect"], row
        for told in ("basis", "name"):
            if told in row:
                assert found is not None
                assert getattr(found, told) == row[told], row
        if "issue" in row:
            assert row["issue"] in {issue.code for issue in issues.records}
