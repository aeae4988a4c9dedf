"""What can be told of one line of a flat text: the features the line model weighs."""

from __future__ import annotations

import re

import msgspec

from according.vocabulary.furniture import Furniture, Hit, fold

Features = dict[str, float]

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?:[.!?…۔؟](?:\s?\[\w*\]|\([^()]{0,30}\))?|[.!?…][\"'”’»)\]]+|[\"”’»]\.)$")
_INNER_SENTENCE = re.compile(r"[a-z0-9][.!?][\"'”’)]*\s+[\"'“‘(]*[A-Z]")
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
_DATE = rf"(?:(?:{_DAY}\W+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\W+(?:of )?{_MONTH}|{_MONTH}\W+\d{{1,2}}(?:st|nd|rd|th)?(?!\d))(?:\W+(?:19|20)?\d\d)?|{_MONTH}\W+(?:19|20)\d\d|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|(?:{_DAY}\W+)?\d{{4}}\W+{_MONTH}\W+\d{{1,2}})"  # fmt: skip
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_TIME = r"\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?"
_ZONE = r"(?:gmt|utc|est|edt|cst|cdt|pst|pdt|bst|cet|cest|eet|eest|ist|msk|pkt|wat|eat|cat|sast|jst|hkt|et|pt|ct)(?:[+-]\d{1,2}(?::?\d\d)?)?"
_CLOCK = rf"(?:{_TIME})(?:\s*\(?{_ZONE}\b\)?)?"
_DATED = re.compile(
    rf"\b{_DATE}|\b\d+ (?:second|minute|hour|day|week|month|year)s? ago\b|\byesterday at\b", re.IGNORECASE
)
_DATE_ONLY = re.compile(
    rf"\W*(?:(?:on|at|date|published|updated|posted|last updated|first published|modified)\W+)*"
    rf"(?:{_DATE}|\d+ (?:second|minute|hour|day|week|month|year)s? ago|{_DAY}|{_CLOCK})\b"
    rf"(?:\W*(?:(?:at|on|to|updated)\W+)?(?:{_DATE}|{_CLOCK}|{_DAY}|{_ZONE}|(?:19|20)\d\d)\b)*\W*",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"\W*(?:By|BY|by|Written by|Par|Von|Por|From)[\s:]+(?:[A-Z][\w.'’-]*,?(?:\s+(?:and|&|for|in|of|de|al|el|bin|van|von|\||[-–—])(?=\s))?\s*){1,12}[\w.,|\s:()/-]{0,60}$"
)
_PARENTHESISED_CREDIT = re.compile(
    r"\((?:(?:Additional )?[Rr]eporting|Writing|Editing|Edited|With|Compiled) (?:by|[Bb]y|from)\b"
)
_AGENCY = r"(?:AFP|Reuters|REUTERS|AP|EPA|EFE|DPA|dpa|Getty(?: Images)?|Anadolu(?: Agency)?|AA|Xinhua|TASS|Tass|Sputnik|SANA|SPA|ANSA|IANS|PTI|UPI|BBC|CNN|Shutterstock|Alamy|Twitter|Facebook|Telegram|Flickr|Wikimedia|MSF|UN|UNHCR|OCHA|Google|Maxar|Planet)"
_CREDIT = re.compile(
    rf"[\[(](?:[^\[\]()]*\b(?:{_AGENCY}|[Pp]hoto|[Ff]ile|FILE|[Hh]andout|[Cc]ourtesy|[Aa]rchive|[Ss]creen ?(?:grab|shot)|[Ii]mages?|[Pp]hotographer)\b[^\[\]()]*)[\])]\.?$"
    rf"|(?:[Pp]hoto(?:graph)?s?|PHOTO|[Pp]icture|[Ii]mage|[Cc]redit|[Cc]ourtesy)\s*(?:[Cc]redit|[Cc]ourtesy|[Bb]y)?\s*[:/©].{{0,80}}$"
    rf"|\b(?:EPA|AFP|AP|Reuters|REUTERS)/[A-Z][\w .-]+$|©|\b[Vv]ia (?:{_AGENCY})|/\s?{_AGENCY}\)?\.?$|\b(?:FILE|File)\s*(?:PHOTO|photo|picture|[-–—:])"
)  # fmt: skip
_DATELINE_START = re.compile(
    r"\W*(?:[A-Z][A-Z' .-]{2,30}(?:,[^()\n]{2,40})?|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?(?:,[^()\n]{2,40})?)\s*(?:\([A-Z][\w /.-]{1,30}\)\s*[-–—:]|[-–—]\s)"
)
_ADDRESS = re.compile(
    r"https?://|www\.|\b[\w-]+\.(?:com|org|net|info|co\.\w\w)\b|(?<!\w)@\w{2,}|(?<!\w)#\w{3,}", re.IGNORECASE
)
_SEPARATORS = re.compile(r"[|»›•·→▸►★☆✓]|\s>\s|\s/\s")
_SAYS = re.compile(
    r"\b(?:says?|said|wrote|writes|commented|replied)(?:\s+(?:on\b.*|to\b.*))?\s*[:.…]*$|^(?:in )?repl(?:y|ies) to ",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:said|told|says|according to|announced|reported|confirmed|denied|accused|claimed|warned|added)\b",
    re.IGNORECASE,
)
_BIOGRAPHY = re.compile(
    r"\b(?:is|was) (?:an? |the |currently |our )*(?:[\w-]+ ){0,4}(?:journalist|reporter|editor|correspondent|writer|author|analyst|columnist|contributor|fellow|photographer|producer|freelancer|researcher)\b"
)
_GLUED = re.compile(r"(?:Update|UPDATE|Updated|Breaking|BREAKING|Live|Watch|Developing)[A-Z][a-z]+ ")
_NUMBERED = re.compile(r"#?\d{1,4}[.)]\s+[A-Z@]")
_SIGNED = re.compile(r".{2,40}?[|·•,-]\s*(?:\d+ \w+ ago|[A-Z][a-z]+ \d{1,2}, \d{4})\b.{20}")
_SIMPLE_BYLINE = re.compile(r"by [\w.@]+(?: [\w.@]+)?", re.IGNORECASE)
_ANSWERS = re.compile(r"@[\w.-]+[ ,:]")
_HEAT = re.compile(r"!|\?\?|\?!|\.\.\.\.|[:;]-?[)(DP](?=\s|$)|\bXD\b|[☀-➿\U0001f300-\U0001faff]")
_WORD_BREAK = re.compile(r"(?<=\w)(?=[^\w'])")
_COLON = re.compile(r"[\s\d)\]*]*[:|–—»-]")
_QUOTE_OPENERS = "\"“«„‘'"
_FUNCTION_WORDS = frozenset(
    "the a an of to in and that was were had has have is are be been by on for with as at from it its he she they his her their who which this these those not but or after before when than no also so there i you we me my your our don't if what how will would can could do did".split()
)
_SCANNED_CHARACTERS = 400
_NAME_WORDS = 6


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
        words = tuple(word.casefold().replace("’", "'") for word in _WORD.findall(content))
        folded = fold(content)
        features = _Reader(content, folded, words, furniture).features(english=english)
        lines.append(Line(start, start + len(content), content, folded, words, features))
    return lines


class _Reader:
    """Reads the features of one line."""

    def __init__(self, text: str, folded: str, words: tuple[str, ...], furniture: Furniture) -> None:
        self.text, self.folded, self.words, self.furniture = text, folded, words, furniture
        self.count = len(words)
        self.sentence = bool(_SENTENCE_END.search(text)) and self.count >= (2 if text[-1] in "!?…" else 3)
        functional = sum(word in _FUNCTION_WORDS for word in words)
        self.prose = not self.sentence and self.count >= 9 and functional >= 0.33 * self.count
        self.start = text[:_SCANNED_CHARACTERS]

    def features(self, *, english: bool) -> Features:
        """All features that hold, with their strength."""
        found: Features = {"bias": 1}
        self._shape(found)
        self._phrases(found)
        self._provenance(found)
        self._voice(found)
        if english and self._is_foreign():
            found["foreign"] = 1
        return found

    def _shape(self, found: Features) -> None:
        found["sentence" if self.sentence else "fragment"] = 1
        if not self.words or not any(character.isalpha() for character in self.text):
            found["no_letters"] = 1
        for name, holds in (
            ("short", self.count <= 3),
            ("told_sentence", self.sentence and bool(_TOLD.search(self.start))),
            ("medium", 5 <= self.count <= 20),
            ("long", self.count >= 14),
            ("very_long", self.count >= 24),
            ("prose", self.prose),
            ("several_sentences", bool(_INNER_SENTENCE.search(self.start))),
            ("unended", not self.sentence and self.count >= 5),
            ("colon", self.text.endswith(":") and self.count >= 6),
            ("all_caps", self.text.isupper() and self.count >= 2),
            ("lower_start", self.text[0].islower() and self.count >= 3),
            ("quoted", self.text[0] in _QUOTE_OPENERS),
            ("name", self._is_name()),
            ("icons", self.folded.count("icon") >= (1 if self.count <= 4 else 3)),
            ("numbered", bool(_NUMBERED.match(self.text))),
            ("bracketed", self.text[0] in "([" and self.text[-1] in ")]" and self.count >= 3),
            ("answers", bool(_ANSWERS.match(self.text))),
            ("weekday", bool(_WEEKDAY.search(self.start))),
            ("glued", bool(_GLUED.match(self.text))),
        ):
            if holds:
                found[name] = 1
        marks = len(_SEPARATORS.findall(self.start)) + 2 * len(_ADDRESS.findall(self.start)) - 2 * ("answers" in found)
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
            elif hit.phrase_class == "appeal" and not self.text[0] in _QUOTE_OPENERS:
                found["opens_appeal"] = max(found.get("opens_appeal", 0), 0.6)
            else:
                found["within"] = 1

    def _really_opens(self, hit: Hit) -> bool:
        """Whether a phrase at the start is furniture and not the first words of a sentence ("More than 30 …")."""
        opened = self.text[:80].replace("’", "'")
        colon = _COLON.match(_WORD_BREAK.split(opened, hit.words)[-1]) is not None
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
        if _DATE_ONLY.fullmatch(self.text):
            found["date_only"] = 1
            found.pop("name", None)
        elif self.count <= 14 and _DATED.search(self.start):
            found["dated"] = 1
            if self.count <= 10 and not self.sentence:
                found["stamp"] = 1
        elif _SIGNED.match(self.text) and self.count >= 6:
            found["signed"] = 1
        if (
            _SIMPLE_BYLINE.fullmatch(self.text)
            or (_BYLINE.match(self.text) and not self.sentence and not self.prose)
            or _PARENTHESISED_CREDIT.match(self.text)
        ):
            found["byline"] = 1
        if _CREDIT.search(self.text) and not {"within", "listed"} & found.keys():
            found["credit"] = 1
        if _DATELINE_START.match(self.text) and self.count >= 8:
            found["dateline"] = 1
        if _BIOGRAPHY.search(self.start) and self.count <= 60:
            found["biography"] = 1

    def _voice(self, found: Features) -> None:
        lists = self.furniture.words
        quoted = self.text[0] in _QUOTE_OPENERS
        sample = self.words[:60]
        if self.count <= 12 and sample and sample[0] in lists["commands"] and not self.sentence:
            found["command"] = 1
        reporting = sum(word in lists["reporting"] for word in sample)
        if reporting:
            found["reporting"] = min(3, reporting)
        if _TOLD.search(self.start):
            found["told"] = 1
        if quoted:
            return
        for name, floor in (("chatty", 8), ("appealing", 10)):
            if share := sum(word in lists[name] for word in sample) / max(floor, len(sample)):
                found[name] = min(3.0, 8 * share)
        if _HEAT.search(self.text):
            found["heated"] = 1
        if self.text.endswith("?"):
            found["asking"] = 1
        if self.count <= 12 and _SAYS.search(self.text):
            found["says"] = 1

    def _is_foreign(self) -> bool:
        """Whether a line of an English report is in another language: several words, none that English is made of."""
        if any(word in _FUNCTION_WORDS for word in self.words):
            return False
        letters = [character for character in self.text if character.isalpha()]
        beyond = sum(1 for character in letters if character > "\u024f")
        if beyond * 2 > len(letters):
            return True
        accented = sum(1 for word in self.words if not word.replace("'", "").isascii())
        return self.count >= 4 and accented >= 2
