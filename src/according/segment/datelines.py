"""The dateline that opens a report's body: "KHARTOUM, March 25 (AFP) - "."""

from __future__ import annotations

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_DATE = (
    rf"(?:(?:[A-Z][a-z]+day,? )?(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
_CAPITALS = r"[A-Z][A-Z'’.-]*[A-Z.](?:[ /-][A-Z][A-Z'’.-]*[A-Z.]){0,4}"
_NAMES = r"[A-Z][\w'’-]+(?:[ /-](?:[A-Z][\w'’-]+|al-[A-Z]\w+)){0,3}"
_REST = rf"(?: \([A-Z][\w.'’ -]{{2,30}}\))?(?:, ?[A-Z][\w'’. ]{{1,30}})?(?:,? {_DATE})?"
_AGENCY = r"\([A-Za-z\d][\w.:/&, -]{1,50}\)"
_DASH = r"(?:\s?[—–]\s?|\s?--?\s)"
# "PESHAWAR: Nine …": the habit of some outlets; in a transcript the same shape names who speaks.
_COLON_DATELINE = re.compile(r"[A-Z][A-Z'’-]{3,}(?: [A-Z][A-Z'’-]+){0,2}:\s+(?=[A-Z\d\"“])")
# "Peshawar: A strong …", behind a headline on the same line; a word for a sort of text or a speaker is none.
_AFTER_HEADLINE = re.compile(
    r"(?!(?:Updated?|Analysis|Opinion|Watch|Question|Answer|Exclusive|Breaking|Video|Photos?|Explainer|Report|Editorial|Note|"
    r"Source|Read|More|Correction|Timeline|Profile|Interview|Comment|Witness(?:es)?|Officials?|Police|Army|Monitors?|Live)\b)"
    r"[A-Z][a-z]{3,}(?: [A-Z][a-z]{3,})?:\s+(?=[A-Z\d\"“])"
)
_TURN = re.compile(r"^[A-Z][A-Z .'’-]+:\s", re.MULTILINE)
_DATELINE = re.compile(
    r"(?!(?:On|In|At|By|From|Since|Until|After|Before|The|A|An)\s)"
    rf"(?:{_CAPITALS}{_REST},?\s*(?:{_AGENCY}\s*)?{_DASH}(?:{_AGENCY}\s*{_DASH})?"  # TRIPOLI, Libya, Oct 31 (Reuters) -
    rf"|{_CAPITALS}{_REST},?\s*{_AGENCY}\s+(?=[A-Z\"“])"  # TRIPOLI (AFP) The …
    rf"|{_NAMES}{_REST},?\s*{_AGENCY}\s*{_DASH}"  # Khartoum, March 25 (AFP) -
    rf"|{_NAMES}(?:, [A-Z][\w'’. ]{{1,30}})?,? {_DATE},?\s*{_DASH}"  # Geneva, 5 May 2019 –
    rf"|\({_NAMES}(?:, {_NAMES})?(?:, {_DATE})?\)\s*{_DASH}"  # (Beirut) –
    rf"|{_NAMES}(?:, {_NAMES})?\s[—–-]\s(?=[A-Z]))"  # Beirut – The …
)
_TRANSCRIPT_TURNS = 2


def dateline_end(text: str, start: int, end: int, *, headed: bool = False) -> int | None:
    """Where the dateline that opens ``text[start:end]`` ends, or None when nothing there is one.

    ``headed`` says that a headline stands before it on the same line.
    """
    match = _DATELINE.match(text, start, end)
    if match is None and headed:
        match = _AFTER_HEADLINE.match(text, start, end)
    if match is None and len(_TURN.findall(text)) < _TRANSCRIPT_TURNS:
        match = _COLON_DATELINE.match(text, start, end)
    if match is None or match.end() >= end:
        return None
    return match.end()
