"""What reports say of a place or an actor: newest first, each sentence once, a count of the rest."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from according.cli.said import print_sayings, sayings_of
from according.records import Claim, Quantity, Reading, Report, Resolution, Span, Voice

DRONES = "Drones hit the mill. Smoke rose for hours, a miller said."


def claim(name: str, report: str, text: str, **more: object) -> Claim:
    return Claim(id=name * 20, report=report, evidence=Span(0, len(text), text), predicate="attack", **more)  # type: ignore[arg-type]


def reading(report: str, published: str | None, *claims: Claim) -> Reading:
    return Reading(report=Report(id=report, text="", title=f"Title of {report}", published=published), claims=claims)


def printed(readings: list[Reading], most: int | None = None, width: int = 100) -> list[str]:
    written = StringIO()
    wanted = {one.id for told in readings for one in told.claims if one.predicate == "attack"}
    print_sayings(Console(width=width, file=written), sayings_of(readings, wanted), most)
    return [line for line in written.getvalue().splitlines() if line]


def test_the_newest_report_comes_first_and_the_undated_last() -> None:
    told = [reading(name, day, claim(name, name, "x")) for name, day in (("a", None), ("b", "2019-05"), ("c", "2020"))]
    titles = [line for line in printed(told) if "Title" in line]
    assert titles == ["2020 · Title of c", "2019-05 · Title of b", "undated · Title of a"]


def test_a_sentence_is_quoted_once_for_all_that_was_read_from_it_and_cut_behind_its_end() -> None:
    shelling = claim("e", "r", DRONES, quantity=Quantity(Span(0, 1, "2"), 2, 2, "exact"), group="civilians")
    lines = printed([reading("r", None, claim("d", "r", DRONES), shelling)])
    assert lines[1:] == [
        "  “Drones hit the mill. …”",
        "    dddddddddddd  attack",
        "    eeeeeeeeeeee  attack · 2 civilians",
    ]


def test_names_that_end_in_a_stop_within_a_sentence_cut_nothing_off() -> None:
    [_, quote, _] = printed([reading("r", None, claim("d", "r", "Some 3.5 tons of wheat, i.e. all of it, burned."))])
    assert quote == "  “Some 3.5 tons of wheat, i.e. all of it, burned.”"


def test_who_is_known_goes_by_name_and_the_voice_comes_last() -> None:
    told = claim("d", "r", "x", subject=Span(0, 3, "it"), voices=(Voice("witness", Span(0, 1, "a miller")),))
    named = Resolution(claim=told.id, role="subject", referent="actor:x", basis="stated", name="Mill Guard")
    one = Reading(report=Report(id="r", text=""), claims=(told,), resolutions=(named,))
    assert printed([one])[-1].endswith("attack · Mill Guard · according to a miller")


def test_what_is_not_shown_is_counted() -> None:
    told = [reading(name, None, claim(name, name, f"{name} was hit.")) for name in "abc"]
    assert printed(told, most=1)[-1] == "and 2 more of 2 reports: --all shows them"
    assert not any("--all" in line for line in printed(told))
