"""Which part of a page each line belongs to: the best path of states through the lines, by the model's weights."""

from __future__ import annotations

import math

from according.records import BlockKind
from according.segment.lines import Line
from according.vocabulary.furniture import Furniture

_START, _END = "start", "end"


def sort_lines(lines: list[Line], furniture: Furniture, known: dict[int, BlockKind], without: str = "\n") -> list[str]:
    """The state of each line; ``known`` gives the kind of block that some lines, by index, are already known to be.

    States whose name starts with ``without`` are left out.
    """
    best: dict[str, float] = {_START: 0.0}
    steps: list[dict[str, str]] = []
    for index, line in enumerate(lines):
        best, step = _advance(best, line, furniture, known.get(index))
        best = {state: score for state, score in best.items() if not state.startswith(without)}
        steps.append(step)
    state = max(best, key=lambda last: best[last] + furniture.transitions[last].get(_END, 0.0))
    path = [state]
    for step in reversed(steps[1:]):
        state = step[state]
        path.append(state)
    return path[::-1]


def _advance(
    before: dict[str, float], line: Line, furniture: Furniture, kind: BlockKind | None
) -> tuple[dict[str, float], dict[str, str]]:
    """The best score of each state at this line, and the state before it on that best path."""
    reached: dict[str, float] = {}
    origin: dict[str, str] = {}
    for state, score in before.items():
        for target, cost in furniture.transitions[state].items():
            if target != _END and score + cost > reached.get(target, -math.inf):
                reached[target] = score + cost
                origin[target] = state
    known = {target for target in reached if kind is not None and furniture.states[target].kind == kind}
    scores = {
        target: score + _fit(line, furniture.states[target].weights)
        for target, score in reached.items()
        if not known or target in known
    }
    return scores, origin


def _fit(line: Line, weights: dict[str, float]) -> float:
    return sum(strength * weights[name] for name, strength in line.features.items() if name in weights)
