"""Where sentences end, by rules: fast, and aware of the titles, initials and quotations of news reports."""

from __future__ import annotations

import re

from according.vocabulary.abbreviations import Abbreviations, load_abbreviations

_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«‹([„"
_END = re.compile(
    rf"(?:[.!?…]+|[؟۔。！？])[{_CLOSERS}]*(?:\s+|$)"  # an end mark, closing quotes, white space
    r"|(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]+ )"  # the space after the end mark was lost: "they fled.The army"
)
_LAST_WORD = re.compile(r"[\w.'’-]*$")
_NEXT_WORD = re.compile(rf"[{_OPENERS}]*([\w'’.-]+)")
_ARTICLE_NAME = re.compile(r"(?:al|el|an|as|ar|ad|at|az|ash|de|ibn|bin)[- ][A-Z]")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_SPEECH_TAG = re.compile(r"(?:[A-Z][\w'’-]+ ){1,3}(?:said|says|asked|asks|told|cried|shouted|wrote|added)\b")
_SPEECH_TAG_REACH = 80
_CASED_SAMPLE = 400


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of ``text[start:end]`` as trimmed ``(start, end)`` pairs, in order; semicolons stay inside."""
    caseless = _is_caseless(text[start : min(end, start + _CASED_SAMPLE)])
    rules = load_abbreviations()
    sentences: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        if match.end() < end and _ends_sentence(text, begin, match, caseless=caseless, rules=rules):
            _keep(text, begin, match.end(), sentences)
            begin = match.end()
    _keep(text, begin, end, sentences)
    return sentences


def _keep(text: str, start: int, end: int, sentences: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        sentences.append((start, end))


def _is_caseless(sample: str) -> bool:
    """Whether case says nothing: text all in lower or all in upper case, as old wire copy is."""
    upper = sum(map(str.isupper, sample))
    lower = sum(map(str.islower, sample))
    return upper + lower > 40 and min(upper, lower) * 100 < max(upper, lower)


def _ends_sentence(text: str, begin: int, match: re.Match[str], *, caseless: bool, rules: Abbreviations) -> bool:
    if not match.group():
        return True
    mark = match.group().rstrip()
    following = text[match.end() : match.end() + _SPEECH_TAG_REACH]
    word_match = _NEXT_WORD.match(following)
    word = word_match.group(1) if word_match else ""
    if (
        word
        and not caseless
        and word[0].islower()
        and not _ARTICLE_NAME.match(word + following[word_match.end() :] if word_match else word)
    ):
        return False
    if mark[0] == "." and len(mark.rstrip("\"'”’»)]")) == 1:
        return _stop_ends_sentence(text[begin : match.start()], mark, word, rules)
    return not (len(mark) > 1 and mark[0] in "!?" and _SPEECH_TAG.match(following))


def _stop_ends_sentence(sentence: str, mark: str, word: str, rules: Abbreviations) -> bool:
    """Whether a single full stop after ``sentence`` ends it, given the next ``word``."""
    last_match = _LAST_WORD.search(sentence)
    last = last_match.group() if last_match else ""
    key = last.casefold().lstrip("'’-")
    if len(mark) > 1:  # a quotation or a bracket closes with the stop
        return key not in rules.before_a_name
    if key in rules.before_a_number and word[:1].isdigit():
        return False
    if key in rules.before_a_name and (last[:1].isupper() or key not in rules.sentence_openers):
        return False
    alone = sentence.strip() == last  # nothing but "1." or "Oct." before the stop: a list number, a date
    if key in rules.dates or (key in rules.may_end and (last != key or "." in key)) or _INITIALS.fullmatch(last):
        return word.casefold() in rules.sentence_openers and len(last) > 1 and not alone
    return not (last.isdigit() and alone)
