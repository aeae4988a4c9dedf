"""docs/quality.md: every score beside the numbers to beat, where we lose, and what kinds of errors are behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import resources

import msgspec

from according.evaluate.ratchet import Floors, value_of
from according.evaluate.scores import Scores

INTRODUCTION = """\
# Quality

What the reader scores on development gold, beside the numbers to beat. Written by `make evaluate`; not edited by hand.

The development gold is what rules were tuned on, so scores on documents nobody has looked at will be lower. Items of
one gold are few (see *items*): a point either way means little where they are under a hundred. Floors under these
scores are in `src/according/evaluate/floors.yaml`; tests check them on a fixed sample, `make evaluate` in full.
"""


class Target(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A measure with the numbers to beat: a language model's, the least and the aim we set, and published ones.

    ``caution`` says beside our figure why it is not to be taken as it stands.
    """

    set: str
    measure: str
    means: str
    model: float | None = None
    least: float | None = None
    aim: float | None = None
    others: str = ""
    caution: str = ""


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence of our own that is read wrongly, and how."""

    text: str
    read: str


class Notes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a set's figures mean and leave out, and sentences of our own for the main kinds of error."""

    about: str
    errors: dict[str, tuple[Example, ...]] = {}


def load_targets() -> tuple[Target, ...]:
    """The numbers to beat."""
    return msgspec.yaml.decode(_data("targets.yaml"), type=tuple[Target, ...])


def load_notes() -> dict[str, Notes]:
    """What there is to say of each set."""
    return msgspec.yaml.decode(_data("notes.yaml"), type=dict[str, Notes])


def _data(name: str) -> bytes:
    return resources.files("according.evaluate").joinpath(name).read_bytes()


def quality_page(scores: Mapping[str, Scores], floors: Mapping[str, Floors]) -> str:
    """The whole page, in Markdown."""
    targets, notes = load_targets(), load_notes()
    lines = [INTRODUCTION, *_overview(targets, scores), "", *_losses(targets, scores)]
    for name, one in scores.items():
        lines += ["", f"## {name}", "", notes[name].about if name in notes else "", ""]
        lines += _measures(one, floors[name])
        lines += _errors(notes[name]) if name in notes else []
    return "\n".join(lines).rstrip() + "\n"


def _overview(targets: Sequence[Target], scores: Mapping[str, Scores]) -> Iterator[str]:
    yield "## The numbers to beat"
    yield ""
    yield "| set | measure | ours | model | at least | aim | published |"
    yield "|---|---|---|---|---|---|---|"
    for target in targets:
        ours = f"**{_shown(value_of(scores[target.set], target.measure))}**" if target.set in scores else "not run"
        ours += f" ({target.caution})" if target.caution else ""
        goals = " | ".join(_shown(goal) for goal in (target.model, target.least, target.aim))
        yield f"| {target.set} | {target.means} | {ours} | {goals} | {target.others or '–'} |"


def _losses(targets: Sequence[Target], scores: Mapping[str, Scores]) -> Iterator[str]:
    """What lies under a goal, said plainly."""
    yield "## Where we lose"
    yield ""
    lost = [line for target in targets if target.set in scores for line in _loss(target, scores[target.set])]
    yield from lost or ["Nowhere on the development gold."]


def _loss(target: Target, scores: Scores) -> Iterator[str]:
    value = value_of(scores, target.measure)
    goals = (("the least we set", target.least), ("the language model", target.model), ("the aim", target.aim))
    under = [f"{name} ({_shown(goal)})" for name, goal in goals if goal is not None and value < goal]
    if under:
        yield f"- {target.set}, {target.means}: {_shown(value)}, under {' and '.join(under)}."


def _measures(scores: Scores, floors: Floors) -> Iterator[str]:
    if not scores.measures:
        yield f"No score: {'; '.join(scores.errors)}"
        return
    yield "| measure | value | items | floor |"
    yield "|---|---|---|---|"
    for name, value in scores.measures.items():
        yield f"| {name} | {_shown(value)} | {scores.support.get(name, '')} | {_shown(floors.full.get(name))} |"


def _errors(notes: Notes) -> Iterator[str]:
    for kind, examples in notes.errors.items():
        yield ""
        yield f"**{kind}**"
        yield ""
        yield from (f"- “{example.text}” {example.read}" for example in examples)


def _shown(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if value > 1 else f"{value:.3f}".removeprefix("0") if value < 1 else "1.000"
