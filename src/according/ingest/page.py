"""HTML pages: main text, captions, comment threads and metadata, put together as one frozen text with its blocks."""

from __future__ import annotations

import re

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from according.ingest.markup import is_truncated
from according.ingest.metadata import Metadata, read_metadata
from according.ingest.normalise import normalise
from according.ingest.threads import Comment, take_comments
from according.ingest.unreadable import UnreadableError, refuse_long
from according.records import Block, BlockKind

_LIST_MARK = re.compile(r"^[-*•]\s+")
_SPACES = re.compile(r"\s+")
_SEPARATOR = "\n\n"
# Stands for the end of a line: line feeds in markup mean nothing.
_LINE_BREAK = "\u2029"
_BLOCKS = (
    *("p", "div", "li", "ul", "ol", "blockquote", "br", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "section"),
    *("article", "table", "tr", "td", "th", "dl", "dt", "dd", "figure", "header", "footer", "address"),
)
_NOT_SHOWN = ("script", "style", "template", "noscript", "iframe", "svg", "form", "figcaption")
_OUTSIDE = frozenset(("nav", "aside", "footer", "header", "form"))


class Laid:
    """Lines laid out as one text, with the blocks whose kind is known."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []

    @property
    def text(self) -> str:
        """The lines so far, a blank line between each two."""
        return _SEPARATOR.join(self._lines)

    def _add(self, line: str) -> tuple[int, int]:
        start = self._length
        self._lines.append(line)
        self._length += len(line) + len(_SEPARATOR)
        return start, start + len(line)

    def _add_marked(self, kind: BlockKind, line: str, *, author: str | None = None, parent: int | None = None) -> int:
        start, end = self._add(line)
        self.blocks.append(Block(kind=kind, start=start, end=end, author=author, parent=parent))
        return len(self.blocks) - 1

    def _add_main(self, title: str | None, paragraphs: list[str], captions: list[str]) -> None:
        if title and (paragraphs or captions):
            self._add_marked("headline", title)
        known = {title}
        for paragraph in paragraphs:
            if paragraph in captions:
                self._add_marked("caption", paragraph)
            elif paragraph not in known:
                self._add(paragraph)
            known.add(paragraph)
        for caption in captions:
            if caption not in known:
                self._add_marked("caption", caption)
                known.add(caption)

    def _add_comments(self, comments: list[Comment]) -> None:
        """Each comment as its author's name and its paragraphs; ``parent`` is the block of the first line answered."""
        first_block: list[int] = []
        for comment in comments:
            parent = None if comment.parent is None else first_block[comment.parent]
            lines = ([comment.author] if comment.author else []) + list(comment.paragraphs)
            indexes = [self._add_marked("comment", line, author=comment.author, parent=parent) for line in lines]
            first_block.append(indexes[0])


class Page(Laid):
    """A page taken apart: its metadata, its text, and the blocks whose kind the markup gives away."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.truncated = is_truncated(html)
        tree = _parse(html)
        self.metadata: Metadata = read_metadata(tree)
        lxml.etree.strip_elements(tree, "script", "style", with_tail=False)
        refuse_long(len(tree.text_content()))
        comments = take_comments(tree)
        captions = _captions(tree)
        self._add_main(self.metadata.title, _main_text(tree), captions)
        self._add_comments(comments)


class Fragment(Laid):
    """The words of a report that comes without a page around it, as in a feed: nothing in it is taken for furniture."""

    def __init__(self, html: str, title: str | None) -> None:
        super().__init__()
        tree = _parse(f"<div>{html}</div>")
        captions = _captions(tree)
        paragraphs = _paragraphs(tree)
        if title and not paragraphs:
            self._add_marked("headline", title)
        self._add_main(title, paragraphs, captions)


def _parse(html: str) -> HtmlElement:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("empty_input", "The page holds no markup that can be read.") from error
    return tree


def _captions(tree: HtmlElement) -> list[str]:
    captions: list[str] = []
    for element in tree.iter("figcaption"):
        if any(above.tag in _OUTSIDE for above in element.iterancestors()):
            continue
        caption = _clean(element.text_content())
        if caption and caption not in captions:
            captions.append(caption)
    return captions


def _main_text(tree: HtmlElement) -> list[str]:
    from trafilatura import bare_extraction  # noqa: PLC0415 — a heavy import that only pages need

    found = bare_extraction(tree, include_comments=False, include_tables=False, with_metadata=False)
    text = getattr(found, "text", None) or ""
    if not text:
        text = "\n".join(_clean(element.text_content()) for element in tree.iter("p"))
    lines = (_LIST_MARK.sub("", _clean(line)) for line in text.split("\n"))
    return [line for line in lines if line]


def _paragraphs(tree: HtmlElement) -> list[str]:
    """The lines that a browser would show, in order, captions apart."""
    lxml.etree.strip_elements(tree, *_NOT_SHOWN, with_tail=False)
    for element in tree.iter(*_BLOCKS):
        if element.tag != "br":
            element.text = _LINE_BREAK + (element.text or "")
        element.tail = _LINE_BREAK + (element.tail or "")
    lines = map(_clean, tree.text_content().split(_LINE_BREAK))
    return [line for line in lines if line]


def _clean(text: str) -> str:
    return _SPACES.sub(" ", normalise(text)).strip()
