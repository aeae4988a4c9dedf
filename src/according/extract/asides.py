"""What is put otherwise before parsing: asides between dashes, and verbs that parsers take for nouns."""

from __future__ import annotations

import re

_ASIDE = re.compile(r"(?<=\w)( ?)[–—-]( ?)(\w+(?:ed|en|id|ght) (?:by|with|to)\b[^–—;:.]{2,80}?)( ?)[–—-]( ?)(?=\w)")
"""As in "The army – backed by Orlesian jets – shelled the town": whoever helps, not whoever acts."""


_TELLING = re.compile(
    r"\b(?:officials|residents|activists|sources|authorities|witnesses|outlets|channels|doctors|medics|agencies)\s+(report)\b"
    r"|(?<!\ba )(?<!\bone )\b(?:[A-Z]\w+|local|state|official|several|some|social)\s+media\s+(report)\s+that\b"
    r"|,\s+(?!according|in|by|as|from|of|a|an|this|its|their|said|with)[^,;:.]{2,110}?\b(?:[A-Z]\w+|\w+s)\s+(report)[.”\"]*$"
)
"""As in "Local media report that …", "…, the police and the mayor report.": parsers take the verb for the noun."""


def commas_for_dashes(text: str) -> str:
    """The text with a participle between dashes set between commas. The length never changes."""
    return _ASIDE.sub(_between_commas, text)


def _between_commas(found: re.Match[str]) -> str:
    before, opens, aside, closes, after = found.groups()
    spaced = bool(before or opens) and bool(closes or after)
    glued = not (before or opens or closes or after) and "—" in found.group()
    return f"{before},{opens}{aside}{closes},{after}" if spaced or glued else found.group()


def verbs_for_nouns(text: str) -> str:
    """The text with words put for others as long that are read rightly: "report" as a verb, a rank without a stop."""
    told = _TELLING.sub(_asserted, text) if "report" in text else text
    return told.replace("Brig. ", "Major ")


def _asserted(found: re.Match[str]) -> str:
    start = next(found.start(group) for group in (1, 2, 3) if found[group]) - found.start()
    return f"{found[0][:start]}assert{found[0][start + len('report') :]}"
