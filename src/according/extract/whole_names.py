"""Names that the tokenizer would cut at their hyphen and whose first half then passes for a word ("anti-Balaka")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from spacy.attrs import ORTH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

PREFIXED = re.compile(r"(?:anti|ex|pro|neo)-\w+", re.IGNORECASE)


def keep_whole(parser: Language, names: Iterable[str]) -> None:
    """Make one token of every name that is one prefixed word, in each way of writing its capitals."""
    tokenizer = cast("Tokenizer", parser.tokenizer)
    for word in {name for name in names if PREFIXED.fullmatch(name)}:
        first, rest = word.split("-", 1)
        for head in (first.lower(), first.capitalize()):
            for tail in (rest.lower(), rest.capitalize()):
                tokenizer.add_special_case(f"{head}-{tail}", [{ORTH: f"{head}-{tail}"}])
