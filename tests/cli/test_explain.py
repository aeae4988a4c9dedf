"""An incident with its working: figures by their claims, and each sentence once."""

from __future__ import annotations

from according.cli.explain import explain_incident
from according.records import Claim, Figure, Incident, Span, Tally

SENTENCE = Span(10, 42, "Shells killed three at the mill.")


def claim(name: str, quote: Span = SENTENCE) -> Claim:
    return Claim(id=name * 20, report="r", evidence=quote, predicate="kill")


def tally(group: str, figure: str) -> Tally:
    figures = (Figure(low=3, high=3, claim=figure * 20, report="r", voice="a miller"),)
    rules: dict[str, int | list[int | None] | None] = {"acled": 3, "ucdp": [3, 3, None], "two_sources": None}
    return Tally(group=group, effect="killed", low=3, best=3, high=3, open_ended=False, figures=figures, rules=rules)


def test_a_sentence_stands_once_after_the_figures_that_rest_on_it() -> None:
    claims = [claim("b"), claim("a"), claim("c", Span(0, 9, "Too late."))]
    tallies = (tally("people", "a"), tally("civilians", "b"))
    incident = Incident(
        id="incident:x", predicate="shell", reports=("r",), claims=tuple(one.id for one in claims), tallies=tallies
    )
    lines = explain_incident(incident, {one.id: one for one in claims}).splitlines()
    assert lines[0] == "incident:x"
    assert [line for line in lines if "according to" in line] == [
        "    3 according to a miller (aaaaaaaaaaaa)",
        "    3 according to a miller (bbbbbbbbbbbb)",
    ]
    assert lines[-2:] == [
        "“Too late.” (cccccccccccc)",
        "“Shells killed three at the mill.” (bbbbbbbbbbbb, aaaaaaaaaaaa)",
    ]


def test_what_a_rule_makes_of_figures_is_in_numbers_or_nothing() -> None:
    incident = Incident(id="i", predicate="shell", reports=(), claims=(), tallies=(tally("people", "a"),))
    rules = [line.strip() for line in explain_incident(incident, {}).splitlines() if "rule" in line]
    assert rules == ["rule acled: 3", "rule ucdp: 3 – 3 – ?", "rule two_sources: nothing"]
