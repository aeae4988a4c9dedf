"""Words that tell when something was said and not when it was: forms of the verbs of speech, and what somebody says."""

from __future__ import annotations

import re
from functools import cache

from according.vocabulary.wording import load_wording

_PAST = {
    "say": "said", "tell": "told", "write": "wrote", "speak": "spoke", "put": "put", "hold": "held", "swear": "swore",
    "find": "found", "hear": "heard", "think": "thought", "show": "showed", "admit": "admitted", "regret": "regretted",
}  # fmt: skip
_LOOSE = frozenset("put hold find hear show record count list witness identify think state post".split())
"""Verbs of speech that are oftener deeds with a day of their own."""
_NO_SUBJECT = r"(?:was|were|been|be|is|are|being|who|whom|which|that|when|after|before)"


@cache
def telling_verbs() -> str:
    """A pattern of the finite forms of verbs of speech."""
    verbs = set(load_wording().speech_kind) - _LOOSE
    forms = {form for verb in verbs for form in (_present(verb), _PAST.get(verb) or _regular(verb))}
    return rf"(?:{'|'.join(sorted(forms, key=lambda form: (-len(form), form)))})"


@cache
def told_aside() -> re.Pattern[str]:
    """What stands before a day of telling at the end of a sentence: "…, the coalition charged", "…, said the army"."""
    word = rf"(?!{_NO_SUBJECT}\b)[\w’'.-]+ "
    verb = telling_verbs()
    told = rf"(?:{word}){{1,7}}?{verb} (?:{word}){{0,2}}?|{verb} (?:{word}){{1,4}}?"
    return re.compile(rf", (?:{told})$")


@cache
def told_at_once() -> re.Pattern[str]:
    """What stands behind a day that parts somebody from what they say: "Leaders on Friday condemned …"."""
    return re.compile(rf",? (?:\w+ly )?{telling_verbs()}\b")


@cache
def told_of_day() -> re.Pattern[str]:
    """What stands behind a day when it is that of a statement: "Friday's report"."""
    nouns = "|".join(sorted(noun for noun in load_wording().voices.statements if " " not in noun))
    return re.compile(rf"(?:['’]s)? (?:{nouns})s?\b", re.IGNORECASE)


def _present(verb: str) -> str:
    return f"{verb[:-1]}ies" if _turns(verb) else f"{verb}s"


def _regular(verb: str) -> str:
    if _turns(verb):
        return f"{verb[:-1]}ied"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


def _turns(verb: str) -> bool:
    return verb.endswith("y") and verb[-2] not in "aeiou"
