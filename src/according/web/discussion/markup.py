"""Comments' text as HTML: a little Markdown, links that no search engine follows, mentions of claims, nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from according.errors import UsageError

TAGS = {"p", "br", "em", "strong", "blockquote", "ul", "ol", "li", "code", "a"}
_RULES = ["emphasis", "link", "autolink", "blockquote", "list", "backticks", "newline", "escape", "entity"]
_ADDRESS = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]}»”’]")
_MENTION = re.compile(r"#claim-([0-9a-f]{8,20})\b")
_LIVE = re.compile(f"{_ADDRESS.pattern}|{_MENTION.pattern}")
_CONTROLS = {"Cc", "Cs", "Cn", "Co"}
_TURNING = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"))

ClaimAddress = Callable[[str], str | None]
"""Gives the address of the claim whose id begins so, None when there is none."""


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "breaks": True, "maxNesting": 12}).enable(_RULES)
    parser.validateLink = lambda url: url.startswith(("https://", "http://"))  # type: ignore[method-assign]
    return parser


_PARSER = _parser()


def clean_text(said: str, most: int, what: str) -> str:
    """Text as it is kept: composed letters, no control characters; raises UsageError when empty or too long."""
    composed = unicodedata.normalize("NFC", said.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(one for one in composed if one in "\n\t" or unicodedata.category(one) not in _CONTROLS)
    kept = re.sub(r"\n{3,}", "\n\n", kept).strip()
    if not kept:
        raise UsageError(f"{what} is empty")
    if len(kept) > most:
        raise UsageError(f"{what} has {len(kept):,} characters; at most {most:,} fit")
    return kept


def clean_name(said: str, most: int) -> str:
    """A name on one line, without marks that turn the direction of what follows it."""
    return " ".join(clean_text(said.translate(_TURNING), most, "the name").split())


def to_html(text: str, claim_address: ClaimAddress) -> str:
    """A comment's text as HTML that is safe to show."""
    tokens = _PARSER.parse(text)
    for token in tokens:
        if token.children:
            token.children = _with_links(token.children, claim_address)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="nofollow ugc noopener",
    ).strip()


def _with_links(tokens: list[Token], claim_address: ClaimAddress) -> list[Token]:
    """Bare addresses and mentions of claims as links, but for those in a link already."""
    linked: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("link") else 0
        live = token.type == "text" and depth == 0
        linked.extend(_pieces(token.content, claim_address) if live else [token])
    return linked


def _pieces(text: str, claim_address: ClaimAddress) -> list[Token]:
    pieces: list[Token] = []
    at = 0
    for found in _LIVE.finditer(text):
        address = claim_address(found[1]) if found[1] else found[0]
        if address is not None:
            pieces += [_text(text[at : found.start()]), *_link(address, found[0])]
            at = found.end()
    return [*pieces, _text(text[at:])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _link(address: str, said: str) -> list[Token]:
    return [Token("link_open", "a", 1, attrs={"href": address}), _text(said), Token("link_close", "a", -1)]
