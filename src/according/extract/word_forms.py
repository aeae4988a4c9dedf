"""Word classes and base forms from fine tags, in place of spaCy's attribute ruler, which costs a third of a parse."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from spacy.attrs import DEP, HEAD, ORTH, SENT_START, SPACY, TAG

from according.extract.tokens import Form, Token, Tokens

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import Lemmatizer
    from spacy.tokens import Doc
    from spacy.tokens import Token as ParsedToken

CLASS_OF_TAG: dict[str, str] = {
    "AFX": "ADJ", "CC": "CCONJ", "CD": "NUM", "DT": "DET", "EX": "PRON", "FW": "X", "IN": "ADP", "JJ": "ADJ",
    "JJR": "ADJ", "JJS": "ADJ", "LS": "X", "MD": "AUX",
    "NN": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "NNS": "NOUN", "PDT": "DET",
    "POS": "PART", "PRP": "PRON", "PRP$": "PRON", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "RP": "ADP", "SYM": "SYM",
    "TO": "PART", "UH": "INTJ", "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB",
    "WDT": "PRON", "WP": "PRON", "WP$": "DET", "WRB": "SCONJ", "$": "SYM", "#": "SYM", "_SP": "SPACE", "ADD": "X",
    "XX": "X",
}  # fmt: skip
"""Universal word classes by Penn tag; every other tag is punctuation."""
AUXILIARIES = {
    form: verb
    for verb, forms in {
        "be": "am is are was were be been being 's ’s 're ’re 'm ’m",
        "have": "has have had having 've ’ve",
        "do": "do does did doing done",
    }.items()
    for form in forms.split()
}
"""Base forms of auxiliaries, whatever they do in a sentence."""
CORRECTED = {
    "raped": "rape", "raping": "rape", "rapes": "rape", "retook": "retake", "reoccupied": "reoccupy",
    "overran": "overrun",
}  # fmt: skip
"""Base forms that the lemmatizer's tables get wrong in this genre."""
PLURALS = {"bases": "base", "barracks": "barracks", "headquarters": "headquarters"}
"""Base forms that the tables take for those of other words ("basis", "barrack")."""
ARMS = frozenset(
    "rockets mortars missiles shells drones jets warplanes helicopters bombs bombers tanks grenades gunships rebels "
    "militants jihadists insurgents".split()
)
"""Plurals that taggers take for names at the head of a sentence ("Rockets fell on Osk")."""
HELPERS = frozenset("had been have has was were is are be being".split())
PARTICIPLES = frozenset(["overrun", "retaken"])
"""Participles that taggers take for nouns behind "had" or "been"."""
PAST_ONLY = frozenset(["retook", "overran", "took", "fell", "withdrew", "drove", "shook", "broke", "forsook"])
"""Forms that only the past tense has, whatever tag the tagger gives them."""
INFLECTED = frozenset(["NNS", "VBD", "VBG", "VBN", "VBZ", "JJR", "JJS", "RBR", "RBS"])
SUBORDINATING = frozenset("that if because while since so whether although though unless once whereas as".split())
COLUMNS = [ORTH, TAG, DEP, HEAD, SENT_START, SPACY]
BELOW_ZERO = 1 << 63
"""From here on a number of the parse, which knows no signs, stands for one below zero."""
DOUBTFUL = PARTICIPLES | PAST_ONLY
MOST_KNOWN = 100_000
"""Forms kept before all are forgotten: some 30 MB."""


class WordForms:
    """Gives the words of a tagged and parsed text their classes and base forms.

    Each word, tag and relation is looked up once.
    """

    def __init__(self, parser: Language) -> None:
        self._lemmatize = cast("Lemmatizer", parser.get_pipe("lemmatizer")).rule_lemmatize
        self._known: dict[tuple[int, int, int], Form] = {}

    def tokens_of(self, doc: Doc, text: str) -> Tokens:
        """The words of the parse of a text, each with its class and base form."""
        rows = doc.to_array(COLUMNS).tolist()
        tokens, heads, at = [], [], 0
        for i, (orth, tag, dep, head, start, space) in enumerate(rows):
            form = self._known.get((orth, tag, dep)) or self._look_up(doc[i])
            if form.lower_ in DOUBTFUL:
                form = self._retagged(doc[i]) or form
            tokens.append(Token(i, at, form, space=space == 1, starts=start == 1))
            heads.append(i + head if head < BELOW_ZERO else i + head - 2 * BELOW_ZERO)
            at += len(form.text) + space
        return Tokens.of(text, tokens, heads)

    def _retagged(self, token: ParsedToken) -> Form | None:
        if token.lower_ in PARTICIPLES and token.i and token.nbor(-1).lower_ in HELPERS:
            token.tag_ = "VBN"
        elif token.lower_ in PAST_ONLY and token.is_lower and token.tag_ in ("VBP", "VB", "VBN", "NNP", "NN"):
            token.tag_ = "VBD"
        else:
            return None
        return self._known.get(_key(token)) or self._look_up(token)

    def _look_up(self, token: ParsedToken) -> Form:
        key = _key(token)
        if token.tag_ in ("NNPS", "NNP") and token.lower_ in ARMS:
            token.tag_ = "NNS"
        token.pos_ = CLASS_OF_TAG.get(token.tag_, "PUNCT")
        lemma = self._lemma(token, token.tag_)
        form = Form(token.text, lemma, _word_class(token, token.tag_), token.tag_, token.dep_)
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[key] = form
        return form

    def _lemma(self, token: ParsedToken, tag: str) -> str:
        lower = token.lower_
        if tag in ("NNP", "NNPS"):
            return token.text
        if tag.startswith("VB") and lower in AUXILIARIES:
            return AUXILIARIES[lower]
        if tag.startswith("VB") and lower in CORRECTED:
            return CORRECTED[lower]
        if tag == "RB" and lower in ("n't", "n’t"):
            return "not"
        if tag not in INFLECTED and tag != "MD":
            return lower
        return PLURALS.get(lower) or self._lemmatize(token)[0]


@cache
def _closed_class(lower: str, dep: str) -> str | None:
    """Words whose class the tag leaves open."""
    if dep in ("aux", "auxpass") and lower != "to":
        return "AUX"
    return "SCONJ" if dep == "mark" and lower in SUBORDINATING else None


def _word_class(token: ParsedToken, tag: str) -> str:
    known = CLASS_OF_TAG.get(tag, "PUNCT")
    if known == "VERB":
        be = token.lower_ in (
            "be",
            "is",
            "are",
            "was",
            "were",
            "been",
            "being",
            "am",
            "'s",
            "’s",
            "'re",
            "’re",
            "'m",
            "’m",
        )
        return "AUX" if be else _closed_class(token.lower_, token.dep_) or known
    if tag == "IN":
        return _closed_class(token.lower_, token.dep_) or known
    if tag == "DT" and token.dep_ not in ("det", "preconj", "predet"):
        return "PRON"
    return "PART" if tag == "RB" and token.dep_ == "neg" else known


def _key(token: ParsedToken) -> tuple[int, int, int]:
    return token.orth, token.tag, token.dep
