"""Plain text and Markdown: line breaks that only fill a column are undone, markup is taken off."""

from __future__ import annotations

import re

_PARAGRAPH = re.compile(r"^[^\n]++(?:\n[^\n]++)+", re.MULTILINE)
_COLUMN = (45, 100)
_LIST_ITEM = re.compile(r"\s*(?:[-*•–—>]|\d+[.)])\s")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*$")

_MARKDOWN = (
    (re.compile(r"\A---\n.*?\n---\n", re.DOTALL), ""),  # front matter
    (re.compile(r"^```.*?^```[^\n]*", re.MULTILINE | re.DOTALL), ""),
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"^\[[^\]]+\]:[ \t]*\S+.*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE), r"\1"),
    (re.compile(r"^(\S.*)\n(?:=+|-{3,})$", re.MULTILINE), r"\1\n"),
    (re.compile(r"^[ \t]{0,3}(?:[-*_][ \t]*){3,}$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}[*+-][ \t]+", re.MULTILINE), ""),
    (re.compile(r"(?<!\w)(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"(?<!\w)([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)


def unwrap(text: str) -> str:
    """Replace line breaks that only fill a column by spaces; the length stays the same."""
    return _PARAGRAPH.sub(lambda match: _unwrap_paragraph(match.group()), text)


def _unwrap_paragraph(paragraph: str) -> str:
    lines = paragraph.split("\n")
    full = [len(line) for line in lines[:-1]]
    widest = max(full)
    filled = (
        _COLUMN[0] <= widest <= _COLUMN[1] and sum(full) >= 0.8 * widest * len(full) and len(lines[-1]) <= widest + 5
    )
    broken = sum(1 for line in lines[:-1] if not _SENTENCE_END.search(line.rstrip()))
    if not filled or broken * 2 < len(full) or any(_LIST_ITEM.match(line) for line in lines):
        return paragraph
    return paragraph.replace("\n", " ")


def strip_markdown(text: str) -> str:
    """The words of a Markdown text without its marks; link texts and picture descriptions stay."""
    for pattern, replacement in _MARKDOWN:
        text = pattern.sub(replacement, text)
    return text
