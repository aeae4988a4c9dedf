"""What machines read of a page: its head, and schema.org markup of a report and of its claims, with who says each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from according.maps.words import web_address
from according.records import Reading, Report
from according.store.linked import Named
from according.web.pages import words
from according.web.pages.claims import Shown, shown
from according.web.rendering import fragment

if TYPE_CHECKING:
    from according.web.pages.incident import Source

Json = dict[str, Any]
MOST_CLAIMS = 20


def news_article(reading: Reading, title: str, lead: str, address: str, desk: str) -> Markup:
    """The report, and the first of its claims."""
    article = _article(reading.report, title, address, desk) | {"description": lead}
    told = [claim for claim in shown(reading) if not claim.comment][:MOST_CLAIMS]
    return _data([article, *(_claim(claim, reading.report, address) for claim in told)])


def claims(sources: Iterable[Source], address: str) -> Markup:
    """What each source says of an incident."""
    found = [
        _claim(claim, source.report, f"{address}/report/{source.report.id}")
        for source in sources
        for claim in source.claims
    ]
    return _data(found[:MOST_CLAIMS])


def _article(report: Report, title: str, address: str, desk: str) -> Json:
    found: Json = {
        "@type": "NewsArticle",
        "@id": f"{address}#article",
        "headline": title[:110],
        "mainEntityOfPage": address,
        "publisher": {"@type": "Organization", "name": report.source or desk},
    }
    if report.published:
        found["datePublished"] = report.published
    if report.author:
        found["author"] = {"@type": "Person", "name": report.author}
    if report.language:
        found["inLanguage"] = report.language
    if link := web_address(report.url):
        found["isBasedOn"] = link
    return found


def _claim(claim: Shown, report: Report, address: str) -> Json:
    said = claim.sayings[-1] if claim.sayings else None
    return {
        "@type": "Claim",
        "@id": f"{address}#claim-{claim.id}",
        "text": claim.quote,
        "about": claim.title,
        "author": {"@type": "Thing", "name": (said.name or said.said) if said else words.source(report)},
        "appearance": {"@id": f"{address}#article"},
    }


def _data(nodes: list[Json]) -> Markup:
    """Linked data that cannot end the script element it stands in."""
    text = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, separators=(",", ":"))
    safe = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(safe)  # noqa: S704 - no character of it can be markup


def head_of(one: Named, lead: str, address: str) -> Markup:
    """What search engines and messengers read of the page of a place or an actor, on a site at this address."""
    where = words.address(one.referent)
    return fragment(
        "parts/head.html",
        title=one.name,
        lead=lead,
        address=f"{address}{where}",
        picture=None,
        data=None,
        twin=f"{where}.json",
    )
