"""RSS and Atom feeds: every entry is a report, of what the feed itself carries; linked pages are not fetched."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from according.ingest.dates import partial_date
from according.ingest.ingested import Ingested, attempt, failed
from according.ingest.normalise import decode, normalise
from according.ingest.reports import Facts, report_of_fragment
from according.ingest.unreadable import UnreadableError

_ROOT = re.compile(
    rb"\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*<(?:\w+:)?(?:rss|feed|RDF)\b",
    re.DOTALL | re.IGNORECASE,
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_GLOBAL_IDS = ("http://", "https://", "tag:", "urn:")


def looks_like_feed(start: bytes) -> bool:
    """Whether a file's first bytes, in whatever encoding, open an RSS or Atom feed."""
    plain = start.replace(b"\x00", b"")
    return _ROOT.match(plain.lstrip(b"\xef\xbb\xbf\xff\xfe")) is not None


def read_feed(content: bytes, name: str, facts: Facts, charset: str | None = None) -> Iterator[Ingested]:
    """Read every entry of a feed: its text, title, link and date; the source is the feed's title."""
    try:
        feed = _parsed(decode(content, charset))
    except UnreadableError as error:
        yield failed(name, error.code, str(error))
        return
    if not feed.entries:
        if feed.get("bozo"):
            yield failed(name, "bad_feed", "The feed is broken: no entry of it can be read.")
        else:
            yield failed(name, "empty_input", "The feed holds no entries.")
        return
    source = _words(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries, 1):
        yield _ingest(entry, f"{name}:{number}", facts.over(Facts(source=source)))


def _parsed(text: str) -> Any:
    import feedparser  # noqa: PLC0415 — only feeds need it

    content = _DECLARATION.sub("", text).encode("utf-8", "replace")
    return feedparser.parse(
        io.BytesIO(content),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _ingest(entry: Any, place: str, known: Facts) -> Ingested:
    stated = str(entry.get("id") or "")
    input_id = stated if stated.startswith(_GLOBAL_IDS) else place
    facts = known.over(
        Facts(
            title=_words(entry.get("title")),
            author=_words(entry.get("author")),
            url=str(entry.get("link") or "") or None,
            published=_date(entry),
            input_id=input_id,
        )
    )
    return attempt(input_id, lambda _: report_of_fragment(_content(entry), facts))


def _words(value: object) -> str | None:
    """A title or a name without the markup and the escapes that feeds put in it."""
    if not isinstance(value, str):
        return None
    words = html.unescape(_TAG.sub("", value))
    return " ".join(normalise(words).split()) or None


def _content(entry: Any) -> str:
    """The fullest account the entry gives, as markup."""
    candidates = [*(entry.get("content") or ()), entry.get("summary_detail") or {}]
    return max(map(_as_markup, candidates), key=len)


def _as_markup(part: Any) -> str:
    value = str(part.get("value") or "")
    if part.get("type") != "text/plain":
        return value
    return "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in value.split("\n\n") if paragraph.strip())


def _date(entry: Any) -> str | None:
    """The date of publication as the outlet wrote it, in its own time zone; else that of the last change."""
    for name in ("published", "updated"):
        written = str(entry.get(name) or "")
        stated = partial_date(written) or _mail_date(written)
        if stated is None and (parsed := entry.get(f"{name}_parsed")):
            stated = f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}"
        if stated:
            return stated
    return None


def _mail_date(written: str) -> str | None:
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except ValueError:
        return None
