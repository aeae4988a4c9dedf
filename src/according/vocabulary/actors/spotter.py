"""Finds actors in running text: known names by one Aho-Corasick automaton, then the words that follow them.

The text is folded character by character (case, accents, hyphens, quotes), so that offsets stay those of the report.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile

import msgspec
from ahocorasick_rs import AhoCorasick, MatchKind

from according.vocabulary.actors.entry import Actor, ActorData, ActorWords
from according.vocabulary.names import NameMention

_WORD_AHEAD = re.compile(r"[ \u00a0\n]([^\W_][\w.'’-]*)")
_SUFFIX = re.compile(r"[-‐‑–](\w+)")
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_PUNCTUATION = {ord(c): " " for c in "\n\t\r\u00a0-‐‑–"} | {ord(c): "'" for c in "’‘ʼʻ`´"}
_WORDS_AHEAD = 6


class Form(msgspec.Struct, frozen=True):
    """One way of writing a name: as the registry spells it, whose it is, and what kind of name it is."""

    spelling: str
    actor: str
    how: str


class Found(msgspec.Struct, frozen=True):
    """A known name at a place in the text, before the words around it are looked at."""

    start: int
    end: int
    forms: tuple[Form, ...]


def fold(text: str) -> str:
    """Lower case without accents, hyphens as spaces, one quote: as many characters as ``text``."""
    folded = text.translate(_PUNCTUATION).lower()
    if len(folded) != len(text) or not folded.isascii():
        folded = "".join(_fold_character(character) for character in text.translate(_PUNCTUATION))
    return folded


def _fold_character(character: str) -> str:
    if character < "\x80":
        return character.lower()
    first = unicodedata.normalize("NFD", character)[0].lower()
    return first if len(first) == 1 else character


class ActorSpotter:
    """The compiled matcher of one registry."""

    def __init__(self, data: ActorData) -> None:
        self._words = data.words
        self._kinds = {actor.id: actor.kind for actor in data.actors}
        self._leads = {actor.id: actor.leads for actor in data.actors}
        forms: dict[str, list[Form]] = defaultdict(list)
        for actor in data.actors:
            for form in _forms(actor):
                forms[fold(form.spelling)].append(form)
        self.forms = {folded: tuple(dict.fromkeys(found)) for folded, found in forms.items()}
        self._patterns = list(self.forms)
        self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.Standard)
        self._nouns = _by_first_word(data.words)
        self._events = _by_first(data.words.events)
        self._suffixes = {word: how for how, words in data.words.suffixes.items() for word in words}
        self._prefixes = {word: how for how, words in data.words.prefixes.items() for word in words}
        titles = "|".join(re.escape(title) for title in sorted(data.words.titles, key=len, reverse=True))
        self._title = re.compile(rf"(?<!\w)(?:{titles})\s+$")

    def spot(self, text: str) -> list[NameMention]:
        """Mentions of known actors, longest first, never overlapping, in text order."""
        mentions: list[NameMention] = []
        end = 0
        for found in self._names(text):
            if found.start < end:
                continue
            mention = self._read(text, found, end)
            if mention is not None:
                mentions.append(mention)
                end = mention.end
        return mentions

    def _names(self, text: str) -> list[Found]:
        """Word-bounded names whose capitals fit, the longest of those that overlap."""
        folded = fold(text)
        caseless = text.islower() or text.isupper()
        found: list[Found] = []
        for pattern, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if _joined(text, start - 1, start) or _joined(text, end - 1, end):
                continue
            forms = self.forms[self._patterns[pattern]]
            fitting = tuple(form for form in forms if self._case_fits(form, text[start:end], caseless=caseless))
            if fitting:
                found.append(Found(start, end, fitting))
        found.sort(key=lambda one: (one.start, -one.end))
        return found

    def _case_fits(self, form: Form, written: str, *, caseless: bool) -> bool:
        if caseless:
            return not (form.how in {"acronym", "demonym"} and written.lower() in self._words.wordlike)
        if form.how == "acronym" or form.spelling.isupper():
            return written == form.spelling
        return all(
            mine.isupper() or not theirs.isupper() for mine, theirs in zip(written, form.spelling, strict=True)
        ) or (written.isupper() and len(written) > 3)

    def _read(self, text: str, found: Found, left: int) -> NameMention | None:
        """The mention that a name and the words around it make; none where they mean a place or a mere adjective."""
        for how_of in (self._hyphenated, self._prefixed, self._acting):
            mention = how_of(text, found)
            if mention is not None:
                return mention
        forms = [form for form in found.forms if self._stands(form, text, found)]
        if not forms:
            return None
        start = found.start
        if self._kinds[forms[0].actor] == "person":
            start = self._title_start(text, start, left)
        return NameMention(start, found.end, text[start : found.end], _ids(forms), forms[0].how)

    def _hyphenated(self, text: str, found: Found) -> NameMention | None:
        suffix = _SUFFIX.match(text, found.end)
        if suffix is None:
            return None
        how = self._suffixes.get(suffix[1].lower())
        if suffix[1].lower() in {"run", "led"}:
            after = self._force_after(text, suffix.end())
            if after is not None and suffix[1].lower() == "run":
                return self._mention(text, found, after[0], "force")
            how = "holder" if suffix[1].lower() == "run" else "led"
        return None if how is None else self._mention(text, found, found.end, how)

    def _prefixed(self, text: str, found: Found) -> NameMention | None:
        if found.start == 0 or text[found.start - 1] not in "-‐‑–":
            return None
        word = re.search(r"(\w+).$", text[max(0, found.start - 12) : found.start])
        how = self._prefixes.get(word[1].lower()) if word else None
        if how == "backer" and self._kinds[found.forms[0].actor] == "person":
            return None  # "pro-Haftar forces" are his; "pro-Russian forces" are not Russia's
        return None if how is None else self._mention(text, found, found.end, how)

    def _mention(self, text: str, found: Found, end: int, how: str) -> NameMention:
        return NameMention(found.start, end, text[found.start : end], _ids(found.forms), how)

    def _acting(self, text: str, found: Found) -> NameMention | None:
        """A name with the noun for what acts in its name: "Turkish planes", "Haftar's forces", "Taliban fighters"."""
        start = found.end
        possessive = _POSSESSIVE.match(text, start)
        after = self._force_after(text, possessive.end() if possessive else start)
        if after is None:
            return self._adjective(text, found)
        end, part = after
        ids: dict[str, None] = {}
        for form in found.forms:
            ids.update(dict.fromkeys(self._acting_ids(form, part)))
        if not ids:
            return None
        how = "possessive" if possessive or self._kinds[found.forms[0].actor] == "person" else "force"
        return NameMention(found.start, end, text[found.start : end], tuple(ids), how)

    def _acting_ids(self, form: Form, part: str) -> Iterator[str]:
        """Whom the noun means: a part of a state, a person's group, else the named group itself."""
        kind = self._kinds[form.actor]
        country, slug = form.actor.removeprefix("actor:").split("/")
        if kind == "state" or slug == "government":
            if part != "followers":
                yield f"actor:{country}/{part}"
        elif kind == "person":
            leads = self._leads[form.actor]
            if leads is not None:
                yield leads
        else:
            yield form.actor

    def _adjective(self, text: str, found: Found) -> NameMention | None:
        """A demonym with what its state does: "Russian shelling"."""
        forms = [form for form in found.forms if form.how in {"demonym", "acronym"}]
        if len(forms) < len(found.forms) or any(form.how == "acronym" and not self._is_state(form) for form in forms):
            return None
        words = [word.lower() for word, _end in _words_ahead(text, found.end, 3)]
        while words and not self._is_event(words):
            if words[0] not in self._words.between:
                return None
            words = words[1:]
        if not words:
            return None
        ids = tuple(dict.fromkeys(self._doer(form) for form in forms))
        return NameMention(found.start, found.end, text[found.start : found.end], ids, "demonym")

    def _is_event(self, words: Sequence[str]) -> bool:
        """Whether words begin with a deed; "attack" is one, and stands between too ("Russian attack helicopters")."""
        named = self._events.get(words[0], ())
        return any(tuple(words[:length]) in named for length in range(len(words), 0, -1))

    def _is_state(self, form: Form) -> bool:
        return self._kinds[form.actor] == "state"

    def _doer(self, form: Form) -> str:
        """Whose deed a demonym says it is: a state's by its armed forces, a group's by the group."""
        return f"{form.actor.removesuffix('state')}armed-forces" if self._is_state(form) else form.actor

    def _force_after(self, text: str, start: int) -> tuple[int, str] | None:
        """The end of the noun phrase that acts, and which part of a state it denotes."""
        ahead = list(_words_ahead(text, start, _WORDS_AHEAD))
        words = [word.lower().removesuffix("'s").removesuffix("’s") for word, _end in ahead]
        best: tuple[int, str] | None = None
        index = 0
        while index < len(words):
            length, part = self._noun_at(words, index)
            if length:
                best = (_without_possessive(ahead[index + length - 1]), _merge(best, part))
                if best[0] != ahead[index + length - 1][1]:
                    break
                index += length
            elif words[index] in self._words.between or ahead[index][0] in self._words.between:
                index += 1
            else:
                break
        return best

    def _noun_at(self, words: list[str], index: int) -> tuple[int, str]:
        for noun, part in self._nouns.get(words[index], ()):
            if tuple(words[index : index + len(noun)]) == noun:
                return len(noun), part
        return 0, ""

    def _stands(self, form: Form, text: str, found: Found) -> bool:
        """Whether a bare name is the actor here: not an adjective, not a country or seat as a mere place."""
        kind = self._kinds[form.actor]
        if form.how == "demonym":
            return False
        if kind != "state":
            return True
        before = _word_before(text, found.start)
        if before in self._words.locative or self._is_in_a_name(text, found.end):
            return False
        if form.how != "seat":
            return True
        after = next(_words_ahead(text, found.end, 1), ("", 0))[0]
        return after.lower() in self._words.seat_after or before in self._words.seat_before - {"and", "that"}

    def _is_in_a_name(self, text: str, end: int) -> bool:
        """Whether a state is only the first word of what a body is called ("Orlesia Monitoring Mission")."""
        ahead = [word for word, _end in _words_ahead(text, end, _WORDS_AHEAD)]
        named = list(takewhile(lambda word: word[:1].isupper() or word in ("and", "for", "of"), ahead))
        return any(word in self._words.bodies for word in named)

    def _title_start(self, text: str, start: int, left: int) -> int:
        while True:
            title = self._title.search(text[max(left, start - 30) : start])
            if title is None:
                return start
            start -= len(title[0])


def _forms(actor: Actor) -> Iterator[Form]:
    yield Form(actor.name, actor.id, "name")
    for how, names in (
        ("alias", actor.aliases),
        ("acronym", actor.acronyms),
        ("demonym", actor.demonyms),
        ("people", actor.peoples),
        ("seat", actor.seats),
    ):
        for name in names:
            yield Form(name, actor.id, "acronym" if how == "alias" and _is_acronym(name) else how)


def _is_acronym(name: str) -> bool:
    return len(name) <= 6 and name.isupper() and name.isascii()


def _joined(text: str, left: int, right: int) -> bool:
    """Whether two neighbouring characters belong to one word."""
    return left >= 0 and right < len(text) and text[left].isalnum() and text[right].isalnum()


def _ids(forms: tuple[Form, ...] | list[Form]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form.actor for form in forms))


def _words_ahead(text: str, start: int, count: int) -> Iterator[tuple[str, int]]:
    """Up to ``count`` words that follow with nothing but a space between, each with its end."""
    for _ in range(count):
        word = _WORD_AHEAD.match(text, start)
        if word is None:
            return
        stripped = word[1].rstrip(".'’-")
        yield stripped, word.start(1) + len(stripped)
        if len(stripped) != len(word[1]):
            return
        start = word.end()


def _word_before(text: str, start: int) -> str:
    words = text[max(0, start - 24) : start].split()
    return words[-1].lower() if words and text[start - 1].isspace() else ""


def _without_possessive(word: tuple[str, int]) -> int:
    written, end = word
    return end - 2 if written[-2:] in {"'s", "’s"} else end


def _merge(best: tuple[int, str] | None, part: str) -> str:
    """The part of the state a chain of nouns denotes: "army spokesman" is the army, "air force jets" the air force."""
    if best is None:
        return part
    earlier = best[1]
    if earlier == "government":
        return part
    return earlier


def _by_first_word(words: ActorWords) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    nouns: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for part, phrases in [*words.forces.items(), ("followers", words.followers)]:
        for phrase in phrases:
            parts = tuple(phrase.lower().split())
            nouns[parts[0]].append((parts, part))
    for listed in nouns.values():
        listed.sort(key=lambda one: -len(one[0]))
    return dict(nouns)


def _by_first(phrases: tuple[str, ...]) -> dict[str, set[tuple[str, ...]]]:
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for phrase in phrases:
        parts = tuple(phrase.lower().replace("-", " ").split()) if " " in phrase else (phrase.lower(),)
        found[parts[0]].add(parts)
    return dict(found)
