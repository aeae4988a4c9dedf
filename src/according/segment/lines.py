"""What can be told of one line of a flat text: the features the line model weighs."""

from __future__ import annotations

import re

import msgspec

from according.segment import patterns
from according.vocabulary.furniture import Furniture, Hit, fold

Features = dict[str, float]

_HANDLE = re.compile(r"[^\W\d_]\d|_|[a-z][A-Z]")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_QUOTE_OPENERS = "\"“«„‘'"
_SCANNED_CHARACTERS = 240
_CREDIT_REACH = 120
_NAME_WORDS = 6
_BUTTON_WORDS = 12
_SAMPLED_WORDS = 60
_PROSE_WORDS = 7
_PROSE_LETTERS = 12
_ADDRESSED = frozenset(("you", "your", "our", "us"))
_CHATTY_SIGNS = {"heated": 1.5, "answers": 2, "signed": 2, "numbered": 1, "asking": 0.5, "lower_start": 0.5}
# Longer lines are no dates or bylines, and matching them as such would be slow.
_LONGEST_STAMP = 160


class Line(msgspec.Struct, frozen=True):
    """A line that is not blank: where it stands, its words, and its features."""

    start: int
    end: int
    text: str
    folded: str
    words: tuple[str, ...]
    features: Features


def read_lines(text: str, furniture: Furniture, *, english: bool) -> list[Line]:
    """The lines of a text that are not blank, trimmed, each with the features that need no other line."""
    lines: list[Line] = []
    for match in _LINE.finditer(text):
        content = match.group()
        start = match.start() + len(content) - len(content.lstrip())
        content = content.strip()
        words = _words(content)
        folded = fold(content)
        features = _Reader(content, folded, words, furniture).features(english=english)
        lines.append(Line(start, start + len(content), content, folded, words, features))
    return lines


def is_foreign_prose(text: str, furniture: Furniture) -> bool:
    """Whether a paragraph of an English report is in another language."""
    return not text.isascii() and _Reader(text, "", _words(text), furniture).is_foreign_prose()


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold().replace("’", "'") for word in patterns.WORD.findall(text))


def _is_dense(text: str) -> bool:
    """Whether a line is in a script that puts no space between words, where letters tell how long a sentence is."""
    return not text.isascii() and sum(char >= "\u0e00" and char.isalpha() for char in text) >= _PROSE_LETTERS


def chattiness(line: Line) -> float:
    """How much a line sounds like a reader talking: his words, heat, carelessness, less what reports sound like."""
    features = line.features
    signs = sum(weight for name, weight in _CHATTY_SIGNS.items() if name in features)
    return min(2.0, features.get("chatty", 0)) + signs - (1 if "told" in features else 0)


def is_handle(line: Line) -> bool:
    """Whether a name is one that readers give themselves, or that comes again: no crosshead of a report is."""
    return "repeats" in line.features or line.text[0].islower() or bool(_HANDLE.search(line.text))


class _Reader:
    """Reads the features of one line."""

    def __init__(self, text: str, folded: str, words: tuple[str, ...], furniture: Furniture) -> None:
        self.text, self.folded, self.words, self.furniture = text, folded, words, furniture
        self.count = len(words)
        self.is_dense = _is_dense(text)
        long = self.is_dense or self.count >= (2 if text[-1] in "!?…" else 3)
        self.sentence = long and bool(patterns.SENTENCE_END.search(text))
        functional = sum(word in self.furniture.words["function"] for word in words)
        self.prose = not self.sentence and self.count >= 9 and functional >= 0.33 * self.count
        self.start = text[:_SCANNED_CHARACTERS]

    def features(self, *, english: bool) -> Features:
        """All features that hold, with their strength."""
        if patterns.TRAILER.match(self.text):
            return {"bias": 1, "fragment": 1, "listed": 1, "no_letters": 1}
        if patterns.NUMBERED_QUESTION.match(self.text):
            return {"bias": 1, "sentence": 1}  # what a report of questions and answers asks, no reader
        found: Features = {"bias": 1}
        self._shape(found)
        self._phrases(found)
        self._provenance(found)
        self._voice(found)
        if english and self._is_foreign():
            found["foreign_prose" if self.is_foreign_prose() else "foreign"] = 1
        return found

    def _shape(self, found: Features) -> None:
        found["sentence" if self.sentence else "fragment"] = 1
        if not self.words or not any(character.isalpha() for character in self.text):
            found["no_letters"] = 1
        for name, holds in (
            ("short", self.count <= 3),
            ("told_sentence", self.sentence and bool(patterns.TOLD.search(self.start))),
            ("medium", 5 <= self.count <= 20),
            ("long", self.count >= 14),
            ("very_long", self.count >= 24),
            ("prose", self.prose),
            ("several_sentences", bool(patterns.INNER_SENTENCE.search(self.start))),
            ("unended", not self.sentence and self.count >= 5),
            ("introduces", self.count >= 2 and bool(patterns.INTRODUCES.match(self.text[-160:]))),
            ("colon", self.text.endswith(":") and self.count >= 6),
            ("all_caps", self.text.isupper() and self.count >= 2),
            ("lower_start", self.text[0].islower() and self.count >= 3),
            ("quoted", self.text[0] in _QUOTE_OPENERS),
            ("name", self._is_name()),
            ("icons", self.folded.count("icon") >= (1 if self.count <= 4 else 3)),
            ("numbered", bool(patterns.NUMBERED.match(self.text))),
            ("bracketed", self.text[0] in "([" and self.text[-1] in ")]" and self.count >= 3),
            ("answers", bool(patterns.ANSWERS.match(self.text))),
            ("weekday", bool(patterns.WEEKDAY.search(self.start))),
            ("glued", bool(patterns.GLUED_WORD.match(self.text))),
            ("cut_off", self.count >= 4 and self.text.rstrip("] ").endswith(("...", "…"))),
        ):
            if holds:
                found[name] = 1
        marks = (
            len(patterns.SEPARATORS.findall(self.start))
            + 2 * len(patterns.ADDRESS.findall(self.start))
            - 2 * ("answers" in found)
        )
        if marks > 0 and not (self.sentence and self.count > 12 and marks < 4):
            found["mark"] = 1 if marks < 4 or self.count > 15 else 1.5

    def _is_name(self) -> bool:
        """Whether a line could be what a reader calls himself: a few words, no sentence, no list of things."""
        if not 1 <= self.count <= _NAME_WORDS or len(self.text) > 50 or self.text[-1] in ":,;":
            return False
        return self.text[-1] not in ".!?" or self.count <= 2

    def _phrases(self, found: Features) -> None:
        whole = self.furniture.whole(self.folded)
        if whole:
            self._note(whole, found)
            return
        opening = self.furniture.opening(self.folded)
        if opening and self._really_opens(opening):
            self._note(opening, found)
        for hit in self.furniture.within(self.folded):
            if hit.phrase_class == "caption":
                found["caption"] = 1
            elif hit.phrase_class == "appeal" and self.text[0] not in _QUOTE_OPENERS:
                found["opens_appeal"] = max(found.get("opens_appeal", 0), 0.6)
            else:
                found["within"] = 1

    def _really_opens(self, hit: Hit) -> bool:
        """Whether a phrase at the start is furniture and not the first words of a sentence ("More than 30 …")."""
        opened = self.text[:80].replace("’", "'")
        colon = patterns.COLON.match(patterns.AFTER_WORD.split(opened, hit.words)[-1]) is not None
        if colon and hit.phrase_class != "byline":
            return True
        if self.sentence or self.prose:
            brief = self.count <= 10 and hit.phrase_class in ("byline", "caption", "interface")
            return hit.words >= (2 if brief or (hit.phrase_class == "caption" and not self.sentence) else 3)
        return hit.words >= 2 or hit.phrase_class == "caption" or colon

    def _note(self, hit: Hit, found: Features) -> None:
        alone = hit.place == "whole"
        if hit.phrase_class in ("byline", "caption"):
            found[hit.phrase_class if not alone or hit.phrase_class == "caption" else "agency"] = 1
            return
        found["listed"] = 1
        if hit.phrase_class in ("comments", "form"):
            found["opens_comments"] = 1
        elif hit.phrase_class == "appeal":
            found["opens_appeal"] = 1
        elif hit.phrase_class == "related" and alone:
            found["opens_related"] = 1

    def _provenance(self, found: Features) -> None:
        if patterns.COPYRIGHT.match(self.text):
            found["listed"] = 1
        stampable = len(self.text) <= _LONGEST_STAMP
        if stampable and patterns.DATE_ONLY.fullmatch(self.text):
            found["date_only"] = 1
            found.pop("name", None)
            found.pop("no_letters", None)
        elif self.count <= 14 and patterns.DATED.search(self.start):
            found["dated"] = 1
            if self.count <= 10 and not self.sentence:
                found["stamp"] = 1
        elif patterns.SIGNED.match(self.text) and self.count >= 6:
            found["signed"] = 1
        if (
            patterns.SIMPLE_BYLINE.fullmatch(self.text)
            or (patterns.BYLINE.match(self.text) and not self.sentence and not self.prose)
            or patterns.DESK_CREDIT.match(self.text)
        ):
            found["byline"] = 1
        if patterns.CREDIT.search(self.text[-_CREDIT_REACH:]) and not {"within", "listed"} & found.keys():
            found["credit"] = 1
        if patterns.DATELINE_START.match(self.text) and self.count >= 8:
            found["dateline"] = 1
        if patterns.BIOGRAPHY.search(self.start) and self.count <= 60:
            found["biography"] = 1

    def _voice(self, found: Features) -> None:
        lists = self.furniture.words
        sample = self.words[:_SAMPLED_WORDS]
        if sample and sample[0] in lists["commands"]:
            if not self.sentence and self.count <= _BUTTON_WORDS:
                found["command"] = 1
            elif self.sentence and not _ADDRESSED.isdisjoint(sample):
                found["bidding"] = 1
        if reporting := sum(word in lists["reporting"] for word in sample):
            found["reporting"] = min(3, reporting)
        if patterns.TOLD.search(self.start):
            found["told"] = 1
        if self.text[0] not in _QUOTE_OPENERS:
            self._own_voice(found, sample)

    def _own_voice(self, found: Features, sample: tuple[str, ...]) -> None:
        """How a line speaks that is not somebody's quoted words."""
        for name, floor in (("chatty", 8), ("appealing", 10)):
            words = self.furniture.words[name]
            if share := sum(word in words for word in sample) / max(floor, len(sample)):
                found[name] = min(3.0, 8 * share)
        if patterns.HEAT.search(self.text):
            found["heated"] = 1
        if self.text.endswith("?"):
            found["asking"] = 1
        if self.count <= _BUTTON_WORDS and patterns.SAYS.search(self.text):
            found["says"] = 1

    def _is_foreign(self) -> bool:
        """Whether a line of an English report is in another language: several words, none that English is made of."""
        if self._is_made_of_english():
            return False
        letters = [character for character in self.text if character.isalpha()]
        beyond = sum(1 for character in letters if character > "\u024f")
        if beyond * 2 > len(letters):
            return True
        accented = sum(1 for word in self.words if not word.replace("'", "").isascii())
        return self.count >= 4 and accented >= 2

    def _is_made_of_english(self) -> bool:
        """Whether English words hold a line together; of those that other languages have too ("a"), it takes two."""
        lists = self.furniture.words
        held = lists["function"].intersection(self.words)
        return len(held) > 1 or not held <= lists["shared"] or not lists["reporting"].isdisjoint(self.words)

    def is_foreign_prose(self) -> bool:
        """Whether a line is foreign and a sentence of the report, no link or button: it ends as one, and is as long."""
        return self.sentence and (self.count >= _PROSE_WORDS or self.is_dense) and self._is_foreign()
