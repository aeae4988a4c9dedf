"""What a line's neighbours tell of it: repeats, headlines that the first sentences echo, credits beside captions."""

from __future__ import annotations

import itertools

from according.segment.lines import Features, Line
from according.vocabulary.furniture import fold

_ECHO_LETTERS = 5
_ECHO_SENTENCES = 3
_HEAD_LINES = 30
_SAME_OPENING = 60
_LABEL_WORDS = 8
_CREDITS = frozenset(("credit", "caption"))
# What follows a standfirst: the sentence under a headline that is set off from the report by a picture or a byline.
_SET_OFF = frozenset(("credit", "caption", "beside_credit", "byline", "date_only", "agency", "stamp"))
# What a standfirst lacks: it is one sentence, undated, and attributed to nobody.
_TELLING = frozenset(("several_sentences", "very_long", "told", "glued", "dateline", "weekday"))


def add_context(lines: list[Line], title: str | None) -> None:
    """Add to each line the features that rest on the title and on other lines."""
    _add_repeats(lines)
    if title:
        _add_title(lines, fold(title))
    _add_echoes(lines)
    for line, following in itertools.pairwise(lines):
        if "credit" in following.features and following.text.startswith(line.text[:_SAME_OPENING]):
            line.features["credit"] = 1
        elif "sentence" in line.features and following.text == line.text:
            line.features["doubled"] = 1
    for line, following in itertools.pairwise(lines):
        if "fragment" in line.features and _CREDITS & following.features.keys() and len(line.words) <= _LABEL_WORDS:
            line.features["beside_credit"] = 1
    for line, following in itertools.pairwise(lines):
        _add_following(line.features, following.features)
    for line in lines:
        openers = [strength for name, strength in line.features.items() if name.startswith("opens_")]
        if openers:
            line.features["opener"] = max(openers)


def _add_following(features: Features, following: Features) -> None:
    if _SET_OFF & following.keys():
        features["before_credit"] = 1
        if "sentence" in features and not _TELLING & features.keys():
            features["standfirst"] = 1
    if following.get("chatty", 0) >= 1 or "heated" in following or "lower_start" in following:
        features["before_chatty"] = 1


def _add_repeats(lines: list[Line]) -> None:
    first: dict[str, int] = {}
    for index, line in enumerate(lines):
        if not line.words or "listed" in line.features or "date_only" in line.features:
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
