"""What a page says about itself: title, author, outlet, publication date, language. Nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from lxml.html import HtmlElement

from according.ingest.dates import partial_date
from according.ingest.normalise import normalise

_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_OUTLETS = ("og:site_name", "application-name", "publisher", "dc.publisher")
_DATES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "publishdate",
    "pubdate",
    "publish-date",
    "publish_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "sailthru.date",
    "parsely-pub-date",
    "date",
    "article.published",
    "cxenseparse:recs:publishtime",
)
_ARTICLE_TYPES = frozenset(
    ("article", "newsarticle", "reportagenewsarticle", "blogposting", "webpage", "liveblogposting")
)
_SITE_SUFFIX = re.compile(r"\s+(?:[|»–—·•]|-{1,2})\s+([^|»–—·•]{2,60})$")
_SPACES = re.compile(r"\s+")


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """A page's own words about itself; ``published`` is an ISO date, as precise as the page gives it."""

    title: str | None = None
    author: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None


def read_metadata(tree: HtmlElement) -> Metadata:
    """Read a page's metadata from its meta elements, its JSON-LD and its headings, in that order of trust."""
    meta = _meta_elements(tree)
    linked = _linked_data(tree)
    source = _first(meta, _OUTLETS) or _name(linked.get("publisher"))
    return Metadata(
        title=_title(tree, meta, linked, source),
        author=_author(tree, meta, linked),
        source=source,
        url=_address(tree, meta),
        published=_published(tree, meta, linked),
        language=(
            str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower() or None
        ),
    )


def _meta_elements(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((_clean(meta[name]) for name in names if name in meta), None)


def _clean(value: str) -> str:
    return _SPACES.sub(" ", normalise(value)).strip()


def _linked_data(tree: HtmlElement) -> dict[str, Any]:
    """The first JSON-LD object that describes an article; broken JSON is as good as none."""
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or ""):
            continue
        try:
            content = json.loads(element.text or "")
        except (ValueError, RecursionError):
            continue
        for candidate in _objects(content):
            kinds = candidate.get("@type")
            if any(str(kind).lower() in _ARTICLE_TYPES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return candidate
    return {}


def _objects(content: object) -> Iterator[dict[str, Any]]:
    if isinstance(content, list):
        for part in content:
            yield from _objects(part)
    elif isinstance(content, dict):
        yield content
        yield from _objects(content.get("@graph"))


def _name(value: object) -> str | None:
    """The name, or names, in a JSON-LD value: a string, an object with a name, or a list of either."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value))) or None
    if isinstance(value, dict):
        value = value.get("name")
    return _clean(value) or None if isinstance(value, str) else None


def _title(tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any], source: str | None) -> str | None:
    candidates = [_name(linked.get("headline")), _first(meta, _TITLES), _only_heading(tree), _title_element(tree)]
    title = next(filter(None, candidates), None)
    if title is None:
        return None
    suffix = _SITE_SUFFIX.search(title)
    if suffix and source and suffix.group(1).casefold() == source.casefold():
        return title[: suffix.start()]
    return title


def _only_heading(tree: HtmlElement) -> str | None:
    headings = [_clean(element.text_content()) for element in tree.iter("h1")]
    headings = [heading for heading in headings if heading]
    return headings[0] if len(headings) == 1 else None


def _title_element(tree: HtmlElement) -> str | None:
    element = tree.find(".//head/title")
    return _clean(element.text_content()) or None if element is not None else None


def _author(tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    author = _name(linked.get("author")) or _first(meta, _AUTHORS)
    if author is None:
        marked = tree.xpath("//*[@rel='author' or @itemprop='author'][normalize-space()]")
        author = _clean(marked[0].text_content()) if marked else None
    return None if author is None or "://" in author or len(author) > 200 else author


def _address(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    address = str(canonical[0]) if canonical else meta.get("og:url")
    return address if address and address.startswith(("http://", "https://")) else None


def _published(tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any]) -> str | None:
    candidates: list[object] = [linked.get("datePublished"), *(meta.get(name) for name in _DATES)]
    candidates += tree.xpath("//time[@itemprop='datePublished' or @pubdate]/@datetime")
    candidates += tree.xpath("//time[contains(concat(' ', @class, ' '), ' entry-date ')]/@datetime")
    return next(filter(None, map(partial_date, candidates)), None)
