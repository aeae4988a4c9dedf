"""Bringing a report to the desk: pasted or written, uploaded, or fetched from an address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import msgspec
import sqlalchemy as sa
from fastapi import APIRouter, Depends, File, Form, Request, UploadFile
from fastapi.responses import Response

from according.errors import InputError, UsageError
from according.ingest.fetch import Fetcher
from according.ingest.markup import looks_like_html
from according.ingest.normalise import decode
from according.ingest.reports import Facts, report_of_bytes, report_of_html, report_of_markdown, report_of_text
from according.issues import Issues
from according.link.when import month_end
from according.records import Report
from according.store.judgements import JudgementLog
from according.store.people import coding, publications, writings
from according.store.people.accounts import Account
from according.store.people.audit import record
from according.store.people.discussion_comments import thread_of
from according.store.people.publications import Editor, Publication
from according.store.people.writings import Writing, WritingKind
from according.web.accounts.current import needs
from according.web.accounts.entering import see
from according.web.desk.carrying import CARRIED, carrying_of
from according.web.desk.case import editing, read_draft, title_of
from according.web.guard.limits import limited
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter(tags=["desk"])
Coder = Annotated[Account, Depends(needs("coder"))]
LARGEST_BYTES = 5_000_000
_OFTEN = [Depends(limited("desk-intake", per_minute=20))]
_TEXT_ENDINGS = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml")
_MARKDOWN_ENDINGS = (".md", ".markdown")


def fetcher() -> Fetcher:
    """What may reach addresses: public ones only, within bounds."""
    return Fetcher(LARGEST_BYTES)


class About:
    """What a form says about a report beside its text."""

    def __init__(
        self,
        title: Annotated[str, Form(max_length=500)] = "",
        source: Annotated[str, Form(max_length=200)] = "",
        url: Annotated[str, Form(max_length=2000)] = "",
        published: Annotated[str, Form(max_length=10)] = "",
    ) -> None:
        self.title, self.source = title.strip(), source.strip()
        self.url, self.published = url.strip(), published.strip()

    def facts(self) -> Facts:
        """The same as facts; raises UsageError when the date or the address is none."""
        if self.published and not _is_date(self.published):
            raise UsageError(f"{self.published} is no date such as 2020-01-31 or 2020-01")
        if self.url and not self.url.startswith(("http://", "https://")):
            raise UsageError("the address of a report begins with http:// or https://")
        return Facts(
            title=self.title or None,
            source=self.source or None,
            url=self.url or None,
            published=self.published or None,
        )


AboutIt = Annotated[About, Depends()]


@router.get("/desk/new", include_in_schema=False)
def ask(request: Request, account: Coder, way: str = "write") -> Response:  # noqa: ARG001 - asked for
    """The forms to bring a report in."""
    return _form(request, way)


@router.post("/desk/new", include_in_schema=False, dependencies=_OFTEN)
def take_text(
    request: Request,
    account: Coder,
    about: AboutIt,
    text: Annotated[str, Form(max_length=1_000_000)] = "",
    kind: Annotated[Literal["pasted", "written"], Form()] = "pasted",
) -> Response:
    """A report that was pasted, or written here in Markdown."""

    def make() -> tuple[Report, str]:
        facts = about.facts()
        if kind == "written":
            return report_of_markdown(text, facts), text
        if looks_like_html(text):
            return report_of_html(text, facts, Issues()), text
        return report_of_text(text, facts), text

    return _take(request, account, _Coming(kind, "write", about, text), make)


@router.post("/desk/upload", include_in_schema=False, dependencies=_OFTEN)
def take_file(request: Request, account: Coder, about: AboutIt, file: Annotated[UploadFile, File()]) -> Response:
    """A report in a file: text, Markdown or a page; what else it may be is found out and refused."""

    def make() -> tuple[Report, str]:
        name = (file.filename or "").lower()
        if not name.endswith(_TEXT_ENDINGS):
            raise UsageError("a file to upload is text (.txt), Markdown (.md) or a page (.html)")
        content = file.file.read(LARGEST_BYTES + 1)
        if len(content) > LARGEST_BYTES:
            raise UsageError(f"the file is larger than {LARGEST_BYTES / 1_000_000:g} MB")
        text = decode(content)
        if name.endswith(_MARKDOWN_ENDINGS):
            return report_of_markdown(text, about.facts()), text
        return report_of_bytes(content, about.facts(), Issues()), text

    return _take(request, account, _Coming("uploaded", "upload", about), make)


@router.post("/desk/fetch", include_in_schema=False, dependencies=_OFTEN)
def take_address(
    request: Request, account: Coder, about: AboutIt, reach: Annotated[Fetcher, Depends(fetcher)]
) -> Response:
    """A report at an address on the public internet."""

    def make() -> tuple[Report, str]:
        facts = about.facts()
        fetched = reach.fetch(about.url)
        facts = facts.over(Facts(retrieved=fetched.retrieved))
        found = report_of_bytes(fetched.content, Facts(url=fetched.url).over(facts), Issues(), fetched.charset)
        return found, found.text

    return _take(request, account, _Coming("fetched", "fetch", about), make)


@router.get("/desk/reports/{report}/text", include_in_schema=False)
def ask_again(request: Request, account: Coder, report: str) -> Response:
    """The form to rewrite a draft."""
    case = editing(request, report, account)
    if case.writing is None:
        raise UsageError("only a report that came in at the desk can be rewritten")
    known = case.report
    about = About(known.title or "", known.source or "", known.url or "", known.published or "")
    return _form(request, "write", about, case.writing.body, rewrites=report)


@router.post("/desk/reports/{report}/text", include_in_schema=False, dependencies=_OFTEN)
def rewrite(
    request: Request, account: Coder, report: str, about: AboutIt, text: Annotated[str, Form(max_length=1_000_000)]
) -> Response:
    """Another text in the place of a draft's; the draft is read anew and keeps its place at the desk."""
    case = editing(request, report, account)
    if case.writing is None or not case.may_rewrite:
        raise UsageError("only a draft can be rewritten, and by editors what is out")
    if any(one.blind and not one.is_done for one in case.rounds):
        raise UsageError("two are coding this text blind; it can be rewritten when both have finished")
    kind = case.writing.kind

    def make() -> tuple[Report, str]:
        made = report_of_markdown if kind == "written" else report_of_text
        return made(text, about.facts()), text

    return _take(request, account, _Coming(kind, "write", about, text, rewrites=report), make)


class _Coming:
    """A report on its way in: how it comes, which form to show again, and what it takes the place of."""

    def __init__(self, kind: WritingKind, way: str, about: About, text: str = "", rewrites: str | None = None) -> None:
        self.kind, self.way, self.about, self.text, self.rewrites = kind, way, about, text, rewrites


def _take(request: Request, account: Account, coming: _Coming, make: Callable[[], tuple[Report, str]]) -> Response:
    """Read what comes in and put it on the desk, or show the form again with what is wrong."""
    try:
        report, body = make()
        title = title_of(read_draft(report).report)
    except (InputError, UsageError) as error:
        return _form(request, coming.way, coming.about, coming.text, trouble=str(error), rewrites=coming.rewrites)
    room = room_of(request)
    carrying = carrying_of(room, coming.rewrites, report) if coming.rewrites else None
    with room.people.write() as connection:
        known = writings.find(connection, report.id)
        if known is None:
            came = Writing(
                report=report,
                kind=coming.kind,
                body=body,
                author=account.name,
                owner=account.id,
                supersedes=coming.rewrites,
            )
            writings.keep(connection, came)
            first = _draft(report, title, coming.kind, account)
            if coming.rewrites:
                first = _in_place_of(connection, coming.rewrites, first, account)
            publications.begin(connection, first, _editor(account))
            if carrying is not None:
                JudgementLog(room.people, within=connection).carry(carrying.kept, CARRIED)
                _assign_again(connection, coming.rewrites or "", report.id)
            record(connection, account.id, "desk.bring", report.id, coming.kind)
        elif coming.rewrites and coming.rewrites != report.id:
            _back_to(connection, report.id, coming.rewrites, account)
    if known is not None and known.owner != account.id and not account.may("editor"):
        said = f"{known.author} has brought this report to the desk already."
        return _form(request, coming.way, coming.about, coming.text, trouble=said)
    return see(f"/desk/reports/{report.id}{'/changes' if coming.rewrites and known is None else ''}")


def _draft(report: Report, title: str, kind: WritingKind, account: Account) -> Publication:
    """A draft; the desk holds the rights to what is written here, and to nothing else until somebody says so."""
    rights: publications.Rights = "whole" if kind == "written" else "quotes"
    return Publication(report=report.id, title=title, rights=rights, owner=account.id, thread=thread_of(report))


def _in_place_of(connection: sa.Connection, rewritten: str, draft: Publication, account: Account) -> Publication:
    """The draft with what was set on the one that it replaces: a draft leaves the desk, what is out stays so far."""
    old = publications.publication(connection, rewritten)
    if old is None:
        return draft
    if old.status == "draft":
        publications.step(connection, old, "drop", _editor(account))
    set_already = {name: getattr(old, name) for name in ("headline", "lead", "rights", "policy", "owner", "thread")}
    return msgspec.structs.replace(draft, **set_already)


def _assign_again(connection: sa.Connection, before: str, report: str) -> None:
    """Whoever had yet to code the text before has the new one to code."""
    for one in coding.of_report(connection, before):
        waiting = {coder.account: coder.name for coder in one.coders if not coder.done}
        if waiting and not one.blind:
            coding.assign(connection, report, waiting, one.made_by, blind=False)


def _back_to(connection: sa.Connection, former: str, rewritten: str, account: Account) -> None:
    """A draft that was rewritten to a text that it had before: that text takes its place again."""
    before, after = publications.publication(connection, rewritten), publications.publication(connection, former)
    if before is not None and after is not None and (before.status, after.status) == ("draft", "dropped"):
        publications.step(connection, before, "drop", _editor(account))
        publications.step(connection, after, "restore", _editor(account))


def _editor(account: Account) -> Editor:
    return Editor(name=account.name, account=account.id)


def _form(
    request: Request,
    way: str,
    about: About | None = None,
    text: str = "",
    *,
    trouble: str = "",
    rewrites: str | None = None,
) -> Response:
    chosen = way if way in ("write", "upload", "fetch") else "write"
    values = {"way": chosen, "about": about or About(), "text": text, "trouble": trouble, "rewrites": rewrites}
    return page(request, "desk/new.html", 422 if trouble else 200, **values)


def _is_date(said: str) -> bool:
    try:
        return month_end(said) is not None
    except ValueError:
        return False
