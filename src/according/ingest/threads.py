"""Comment threads in a page's markup: WordPress lists, wpDiscuz, and pages that mark comments as such."""

from __future__ import annotations

import re

import msgspec
from lxml.html import HtmlElement

from according.ingest.normalise import normalise

# Class names of one comment, of its author and of its words, by the software that writes them.
_COMMENT = frozenset(("comment", "wpd-comment", "wc-comment", "comment-item", "pingback"))
_AUTHOR = frozenset(
    (
        "fn",
        "wpd-comment-author",
        "wc-comment-author",
        "comment-author",
        "comment__author",
        "comment-author-link",
        "comment-name",
        "commenter",
    )
)
_WORDS = frozenset(
    (
        "comment-content",
        "wpd-comment-text",
        "wc-comment-text",
        "comment-body",
        "comment-text",
        "comment__content",
        "comment_text",
        "comment-message",
    )
)
_NOT_WORDS = frozenset(
    (
        "reply",
        "comment-meta",
        "comment-metadata",
        "comment-author",
        "comment-reply-link",
        "wpd-comment-footer",
        "wpd-reply-button",
        "vcard",
        "commentmetadata",
        "comment-awaiting-moderation",
    )
)
_CONTAINERS = ("comment-respond", "commentlist", "comment-list", "wpd-threads", "wpdiscuz", "wpd-comment-wrap")
_SAYS = re.compile(r"\s*(?:says?|said|wrote|writes)?\s*:?\s*$", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_PARAGRAPHS = frozenset(("p", "div", "li", "blockquote", "br"))


class Comment(msgspec.Struct, frozen=True):
    """One comment: its author's name as shown, its paragraphs, and which earlier comment it answers."""

    author: str | None
    paragraphs: tuple[str, ...]
    parent: int | None


def take_comments(tree: HtmlElement) -> list[Comment]:
    """The comments of a page in reading order; they and their forms are removed from the tree."""
    elements = [element for element in tree.iter("li", "div", "article") if _is_comment(element)]
    elements = [element for element in elements if not _wraps(element)]
    positions: dict[HtmlElement, int] = {}
    comments: list[Comment] = []
    for element in elements:
        paragraphs = _paragraphs(element)
        if not paragraphs:
            continue
        parent = next((positions[above] for above in element.iterancestors() if above in positions), None)
        positions[element] = len(comments)
        comments.append(Comment(_author(element), paragraphs, parent))
    if comments:
        _drop(elements, tree)
    return comments


def _classes(element: HtmlElement) -> set[str]:
    return set((element.get("class") or "").lower().split())


def _is_comment(element: HtmlElement) -> bool:
    if _classes(element) & _COMMENT:
        return True
    return "schema.org/Comment" in (element.get("itemtype") or "")


def _wraps(element: HtmlElement) -> bool:
    """Whether an element is only the outer shell of one comment (``li.comment`` around ``article.comment``)."""
    inner = [child for child in element if isinstance(child.tag, str) and _is_comment(child)]
    return len(inner) == 1 and not _own(element, _WORDS, stop=_COMMENT)


def _own(element: HtmlElement, names: frozenset[str], stop: frozenset[str]) -> list[HtmlElement]:
    """Descendants with one of the class names that belong to this comment and not to an answer inside it."""
    found: list[HtmlElement] = []
    pending = list(reversed(element))
    while pending:
        child = pending.pop()
        if not isinstance(child.tag, str) or _is_comment(child):
            continue
        if _classes(child) & names:
            found.append(child)
        elif not _classes(child) & stop:
            pending.extend(reversed(child))
    return found


def _author(element: HtmlElement) -> str | None:
    for name in _own(element, _AUTHOR, stop=_WORDS - {"comment-body"}):
        inner = name.xpath(".//*[contains(concat(' ', normalize-space(@class), ' '), ' fn ')]")
        text = _SAYS.sub("", _clean((inner or [name])[0].text_content()))
        if text:
            return text
    return None


def _paragraphs(element: HtmlElement) -> tuple[str, ...]:
    words = _own(element, _WORDS, stop=_NOT_WORDS)
    if not words:
        words = [element]
    lines: list[str] = []
    for part in words:
        lines += _lines(part)
    return tuple(filter(None, map(_clean, lines)))


def _lines(element: HtmlElement) -> list[str]:
    """The text of an element, a line a paragraph, without the author, the buttons and the answers in it."""
    lines = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and not _is_comment(child) and not _skipped(child):
            inner = _lines(child)
            if child.tag in _PARAGRAPHS:
                lines += inner
                lines.append("")
            else:
                lines[-1] += inner[0]
                lines += inner[1:]
        lines[-1] += child.tail or ""
    return lines


def _skipped(element: HtmlElement) -> bool:
    if element.tag in ("script", "style", "form", "button", "time", "footer", "header", "noscript"):
        return True
    return bool(_classes(element) & (_NOT_WORDS | _AUTHOR))


def _clean(text: str) -> str:
    return _SPACES.sub(" ", normalise(text)).strip()


def _drop(elements: list[HtmlElement], tree: HtmlElement) -> None:
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()
    for name in _CONTAINERS:
        for element in tree.xpath(f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"):
            if element.getparent() is not None:
                element.drop_tree()
