"""Words that the tokenizer would cut at their hyphen, so that their first half passes for a word of its own.

Names ("anti-Balaka") and verbs of doing again ("re-entered").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from spacy.attrs import ORTH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

AGAIN = ("enter entered entering enters take took taken taking takes capture captured capturing occupy occupied "
         "occupying gain gained impose imposed establish established open opened").split()  # fmt: skip
RANKS = ("Brig.", "Maj.", "Lt.", "Col.", "Capt.", "Cmdr.", "Sgt.", "Cpl.", "Insp.", "Supt.")
"""At their full stop the tokenizer would end the sentence, and with it the name."""
PREFIXED = re.compile(r"(?:anti|ex|pro|neo)-\w+", re.IGNORECASE)


def keep_whole(parser: Language, names: Iterable[str]) -> None:
    """Make one token of every name that is one prefixed word, in each way of writing its capitals, and of "re-took"."""
    tokenizer = cast("Tokenizer", parser.tokenizer)
    for word in ("pull-out", "pull-back", "hand-over", "take-over"):
        tokenizer.add_special_case(word, [{ORTH: word}])
    for rank in RANKS:
        tokenizer.add_special_case(rank, [{ORTH: rank}])
    for form in AGAIN:
        tokenizer.add_special_case(f"re-{form}", [{ORTH: f"re-{form}"}])
    for word in {name for name in names if PREFIXED.fullmatch(name)}:
        first, rest = word.split("-", 1)
        for head in (first.lower(), first.capitalize()):
            for tail in (rest.lower(), rest.capitalize()):
                tokenizer.add_special_case(f"{head}-{tail}", [{ORTH: f"{head}-{tail}"}])
