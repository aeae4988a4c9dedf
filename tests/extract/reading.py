"""Reading single sentences in tests, with the names a case needs and no others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from according.extract.parse import Sentence, parse
from according.records import BlockKind, Passage, Report, Span
from according.vocabulary import Vocabulary
from according.vocabulary.names import NameMention

ACTORS = (
    "Valmeria", "Valmerian", "Orlesia", "Orlesian", "Orlesians", "Northern League", "NLF", "Free Valley Army", "FVA",
    "Red Banner", "General Ostrek", "Ostrek", "United Nations", "Border Guard", "River Brigades", "Hill Front",
)  # fmt: skip
PLACES = ("Karsun", "Tel Amar", "Bethran", "Osk", "Duvar", "Mirgrad", "Lower Bethran")


class _Names:
    def __init__(self, names: Sequence[str], kind: str) -> None:
        longest = sorted(names, key=len, reverse=True)
        self._pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b", re.IGNORECASE)
        self._kind = kind

    def spot(self, text: str) -> list[NameMention]:
        return [
            NameMention(m.start(), m.end(), m.group(), (f"{self._kind}:{m.group().lower()}",))
            for m in self._pattern.finditer(text)
        ]


class CaseVocabulary(Vocabulary):
    """The real vocabulary but for its names, which are those of an invented war."""

    actors = _Names(ACTORS, "actor")  # type: ignore[assignment]
    gazetteer = _Names(PLACES, "place")  # type: ignore[assignment]


VOCABULARY = CaseVocabulary()


def read(*texts: str, block: BlockKind = "body", author: str | None = None) -> list[Sentence]:
    """The sentences of a report that has one passage for each text."""
    return parse(*report_of(*texts, block=block, author=author), VOCABULARY)


def report_of(*texts: str, block: BlockKind = "body", author: str | None = None) -> tuple[Report, list[Passage]]:
    """A report with one passage for each text, and the passages."""
    passages, at = [], 0
    for index, text in enumerate(texts):
        span = Span(at, at + len(text), text)
        passages.append(Passage(report="r", index=index, span=span, block=block, block_index=0, author=author))
        at += len(text) + 1
    return Report(id="r", text="\n".join(texts)), passages


def cases(name: str) -> list[Any]:
    """The rows of a case table beside this file."""
    return list(yaml.safe_load(Path(__file__).with_name(f"cases_{name}.yaml").read_text("utf-8")))
