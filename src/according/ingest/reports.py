"""Text or a page, and what is known about it, made into a report."""

from __future__ import annotations

import msgspec

from according.ingest.language import language_of
from according.ingest.markup import looks_like_html
from according.ingest.normalise import decode, normalise
from according.ingest.plain import strip_markdown, unwrap
from according.ingest.unreadable import UnreadableError, refuse_long
from according.issues import Issues
from according.records import Report, report_id
from according.vocabulary.outlets import load_outlets


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about a report beside its text; ``published`` is an ISO date, possibly partial.

    Where no ``source`` is stated, a page of a known outlet's domain is that outlet's.
    """

    title: str | None = None
    author: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    retrieved: str | None = None
    language: str | None = None
    input_id: str | None = None

    def over(self, other: Facts) -> Facts:
        """These facts, with the other's where these are silent."""
        return Facts(**{name: getattr(self, name) or getattr(other, name) for name in self.__struct_fields__})


def report_of_text(text: str, facts: Facts) -> Report:
    """A report from plain text and what is known about it."""
    return _report(unwrap(normalise(text)), facts)


def report_of_markdown(text: str, facts: Facts) -> Report:
    """A report from Markdown: its words without the marks."""
    return _report(unwrap(strip_markdown(normalise(text))), facts)


def report_of_html(html: bytes | str, facts: Facts, issues: Issues) -> Report:
    """A report from a page; what is known beforehand outranks the page's own metadata."""
    from according.ingest.page import Page  # noqa: PLC0415 — the HTML parser is only loaded for pages

    page = Page(decode(html) if isinstance(html, bytes) else html)
    if not page.text.strip():
        raise UnreadableError("no_text", "The page holds no text that could be a report.")
    if page.truncated:
        issues.warning("truncated_input", "The page breaks off before its end; what is there was read.")
    stated = Facts(**msgspec.structs.asdict(page.metadata))
    report = _report(page.text, msgspec.structs.replace(facts.over(stated), language=facts.language), stated.language)
    return msgspec.structs.replace(report, blocks=tuple(page.blocks))


def report_of_fragment(html: str, facts: Facts) -> Report:
    """A report from the markup of an article alone; its title becomes the headline."""
    from according.ingest.page import Fragment  # noqa: PLC0415 — the HTML parser is only loaded for markup

    fragment = Fragment(html, facts.title)
    return msgspec.structs.replace(_report(fragment.text, facts), blocks=tuple(fragment.blocks))


def report_of_bytes(content: bytes, facts: Facts, issues: Issues, charset: str | None = None) -> Report:
    """A report from bytes of unknown kind: a page if it looks like one, else plain text."""
    text = decode(content, charset)
    if looks_like_html(text):
        return report_of_html(text, facts, issues)
    return _report(unwrap(normalise(text)), facts)


def _report(text: str, facts: Facts, likely_language: str | None = None) -> Report:
    if not text.strip():
        raise UnreadableError("empty_input", "The input is empty.")
    refuse_long(len(text))
    stated = facts.language[:2].lower() if facts.language else None
    return Report(
        id=report_id(facts.url, text),
        text=text,
        input_id=facts.input_id,
        source=_named(facts.source) or (load_outlets().of_url(facts.url) if facts.url else None),
        url=facts.url,
        title=_named(facts.title),
        author=_named(facts.author),
        published=facts.published,
        retrieved=facts.retrieved,
        language=stated or language_of(text) or likely_language,
    )


def _named(said: str | None) -> str | None:
    """A title or a name as texts are written, without what a terminal or a page would obey."""
    return normalise(said).strip() or None if said else None
