"""What can be told of markup without parsing it."""

from __future__ import annotations

import re

_LOOKS_LIKE_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|div|p|h1|title|meta|table|span)\b[^<]*>", re.IGNORECASE
)
_TRUNCATED = re.compile(r"<[a-zA-Z/!][^<>]*$")


def looks_like_html(text: str) -> bool:
    """Whether a text is markup: it opens like a page, or holds several elements."""
    start = text[:4096]
    head = start.lstrip()[:64].lower()
    return head.startswith(("<!doctype html", "<html", "<?xml")) or len(_LOOKS_LIKE_HTML.findall(start)) >= 2


def is_truncated(html: str) -> bool:
    """Whether a page breaks off: inside a tag, or with a body that never closes."""
    end = html[-2000:].lower()
    if _TRUNCATED.search(end):
        return True
    return "<body" in html.lower() and "</body" not in end and "</html" not in end
