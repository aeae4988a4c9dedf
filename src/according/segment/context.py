"""What a line's neighbours tell of it: repeats, headlines that the first sentences echo, credits beside captions."""

from __future__ import annotations

import itertools

from according.segment.lines import Features, Line
from according.vocabulary.furniture import fold

_ECHO_LETTERS = 5
_ECHO_SENTENCES = 3
_HEAD_LINES = 30
_SAME_OPENING = 60


def add_context(lines: list[Line], title: str | None) -> None:
    """Add to each line the features that rest on the title and on other lines."""
    _add_repeats(lines)
    if title:
        _add_title(lines, fold(title))
    _add_echoes(lines)
    for line, following in itertools.pairwise(lines):
        if "credit" in following.features and following.text.startswith(line.text[:_SAME_OPENING]):
            line.features["credit"] = 1
    for index, line in enumerate(lines):
        features = line.features
        if any(name.startswith("opens_") for name in features):
            features["opener"] = max(features[name] for name in features if name.startswith("opens_"))
        following = lines[index + 1].features if index + 1 < len(lines) else {}
        if "fragment" in features and ("credit" in following or "caption" in following) and len(line.words) <= 8:
            features["beside_credit"] = 1
        if _is_standfirst(features, following):
            features["standfirst"] = 1
        if {"credit", "caption", "byline", "date_only", "agency"} & following.keys() or "beside_credit" in following:
            features["before_credit"] = 1
        if following.get("chatty", 0) >= 1 or "heated" in following or "lower_start" in following:
            features["before_chatty"] = 1


def _is_standfirst(features: Features, following: Features) -> bool:
    """Whether a sentence could stand under the headline: undated, attributed to nobody, set off from the report."""
    if (
        "sentence" not in features
        or {"several_sentences", "very_long", "told", "glued", "dateline", "weekday"} & features.keys()
    ):
        return False
    return bool({"credit", "caption", "byline", "date_only", "agency", "beside_credit"} & following.keys())


def _add_repeats(lines: list[Line]) -> None:
    first: dict[str, int] = {}
    for index, line in enumerate(lines):
        if len(line.words) < 2:
            continue
        earlier = first.setdefault(line.folded or line.text, index)
        if earlier != index:
            line.features["repeats"] = 1
            if len(line.words) >= 4 and index < _HEAD_LINES:
                lines[earlier].features["repeated_later"] = 1


def _add_title(lines: list[Line], title: str) -> None:
    for line in lines:
        if line.folded == title and title:
            line.features["title"] = 1
            return


def _add_echoes(lines: list[Line]) -> None:
    """Mark the lines before the first sentences whose own words those sentences take up again."""
    sentences = [index for index, line in enumerate(lines) if "sentence" in line.features and len(line.words) >= 9]
    if not sentences:
        return
    heard = {stem for index in sentences[:_ECHO_SENTENCES] for stem in _stems(lines[index])}
    for line in lines[: sentences[0]]:
        stems = _stems(line)
        if len(stems) >= 3 and len(stems & heard) * 2 >= len(stems):
            line.features["echoed"] = 1


def _stems(line: Line) -> set[str]:
    return {word[:_ECHO_LETTERS] for word in line.words if len(word) >= 4}
