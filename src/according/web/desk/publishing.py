"""Publishing: headline, lead, rights and policy, the preview, and the steps from draft to print and to retraction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Literal, NamedTuple

import msgspec
import sqlalchemy as sa
from fastapi import APIRouter, BackgroundTasks, Depends, Form, HTTPException, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from according.errors import UsageError
from according.maps.masked import Hidden, blotted, hidden_words
from according.maps.policy import Policy, moment, read_policy, shown
from according.records import PlacePrecision, Reading
from according.store.people import publications
from according.store.people.accounts import Account
from according.store.people.audit import record
from according.store.people.clock import now
from according.store.people.discussion_comments import thread_of
from according.store.people.publications import Action, Editor, Publication
from according.store.reviewed import reviewed
from according.web.accounts.current import needs
from according.web.accounts.entering import see
from according.web.desk.case import Case, case_of, editing, title_of
from according.web.desk.onward import as_shown, follow, newsroom_of, policy_json
from according.web.pages.ledger import shelf_of
from according.web.pages.pictures import Shape, picture_of
from according.web.pages.report import body_of
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter(tags=["desk"])
Coder = Annotated[Account, Depends(needs("coder"))]
EditorOnly = Annotated[Account, Depends(needs("editor"))]
Version = Annotated[int, Form(ge=1)]
PLACES: tuple[tuple[PlacePrecision, str], ...] = (
    ("town", "the town"),
    ("district", "the district"),
    ("province", "the province"),
    ("country", "the country alone"),
)
Change = Callable[[sa.Connection, Publication], Publication]
"""What is done to a publication as it stands; gives how it stands then."""
_AFTER_PUBLISHING: dict[str, Action] = {
    "unschedule": "unschedule",
    "reinstate": "reinstate",
    "drop": "drop",
    "restore": "restore",
}


class Act(NamedTuple):
    """A change to a report that somebody asks for; ``later`` is done once the answer is sent."""

    request: Request
    account: Account
    report: str
    later: BackgroundTasks

    def case(self) -> Case:
        """The report at the desk."""
        return case_of(self.request, self.report, self.account)


def by_coder(request: Request, account: Coder, report: str, later: BackgroundTasks) -> Act:
    """What a coder asks for."""
    return Act(request, account, report, later)


def by_editor(request: Request, account: EditorOnly, report: str, later: BackgroundTasks) -> Act:
    """What only an editor may ask for."""
    return Act(request, account, report, later)


class Edited(BaseModel):
    """What the form of a publication gives; ``version`` is the one that was edited.

    What is not given stays as it was; ``whole`` says that the whole form was sent, so that what is empty was emptied.
    ``at`` is when it is to come out, for the button that schedules it.
    """

    version: int = Field(ge=1)
    whole: bool = False
    headline: str | None = Field(None, max_length=300)
    lead: str | None = Field(None, max_length=1000)
    rights: publications.Rights | None = None
    place_as: Literal["town", "district", "province", "country"] | None = None
    not_before: str | None = Field(None, max_length=40)
    names: str | None = Field(None, max_length=4000)
    at: str = Field("", max_length=40)

    def over(self, known: Publication, reading: Reading) -> Publication:
        """A publication of a reading with these values; raises UsageError when a time is none."""
        after = msgspec.structs.replace(self.typed(known), policy=policy_json(self._policy(known)))
        return msgspec.structs.replace(after, hidden=hidden_in(reading, after), version=self.version)

    def typed(self, known: Publication) -> Publication:
        """A publication with the words and the rights as typed."""
        return msgspec.structs.replace(
            known,
            headline=" ".join(self._given(self.headline, known.headline).split()),
            lead=" ".join(self._given(self.lead, known.lead).split()),
            rights=self.rights or known.rights,
        )

    def _policy(self, known: Publication) -> Policy:
        before = read_policy(known.policy)
        return msgspec.structs.replace(
            before,
            place_as=self._given(self.place_as, before.place_as or "") or None,
            not_before=_moment(self._given(self.not_before, before.not_before or "")),
            names=_names(self._given(self.names, "\n".join(before.names))),
        )

    def _given(self, said: str | None, before: str) -> str:
        return said or ("" if self.whole else before)


def hidden_in(reading: Reading, publication: Publication) -> Hidden:
    """The words that a publication's policy hides of its report, those of its headline and lead among them."""
    policy = read_policy(publication.policy)
    if not policy.alters:
        return ()
    said = "\n".join(filter(None, (reading.report.title, publication.headline, publication.lead)))
    beside = msgspec.structs.replace(reading, report=msgspec.structs.replace(reading.report, title=said))
    return hidden_words(beside, policy.place_as, policy.names)


@router.get("/desk/reports/{report}/publication", include_in_schema=False)
def show_publication(request: Request, account: Coder, report: str) -> Response:
    """How a report stands, and the forms to change that."""
    return _form(request, case_of(request, report, account), account)


@router.get("/desk/reports/{report}/preview", include_in_schema=False)
def preview(request: Request, account: Coder, report: str) -> Response:
    """The page as readers would see it now: judgements, rights and policy applied."""
    case = case_of(request, report, account)
    publication = case.publication or Publication(report=report, status="published")
    policy = msgspec.structs.replace(read_policy(publication.policy), not_before=None)
    visible = shown(_reviewed(case), policy, datetime.now(UTC))
    if visible is None:
        raise HTTPException(404, "The policy of this report lets nothing of it be shown.")
    pictures = f"/desk/reports/{report}/picture"
    body = body_of(shelf_of(request), visible.reading, as_shown(publication, now()), pictures)
    return page(request, "desk/preview.html", case=case, body=body)


@router.get("/desk/reports/{report}/picture/{shape}", include_in_schema=False)
def preview_picture(request: Request, account: Coder, report: str, shape: Shape) -> Response:
    """The map of a report as readers would see it now."""
    case = case_of(request, report, account)
    policy = read_policy(case.publication.policy if case.publication else None)
    visible = shown(_reviewed(case), msgspec.structs.replace(policy, not_before=None), datetime.now(UTC))
    if visible is None:
        raise HTTPException(404, "The policy of this report lets nothing of it be shown.")
    return picture_of(request, shape, visible.reading, case.title)


@router.post("/desk/reports/{report}/publication", include_in_schema=False)
def save(act: Annotated[Act, Depends(by_coder)], edited: Annotated[Edited, Form()]) -> Response:
    """Keep headline, lead, rights and policy."""
    case = editing(act.request, act.report, act.account)
    return _change(act, case, _saving(case, act.account, edited), edited)


@router.post("/desk/reports/{report}/publish", include_in_schema=False)
def publish(act: Annotated[Act, Depends(by_editor)], edited: Annotated[Edited, Form()]) -> Response:
    """Keep what was edited, and publish it now."""
    case = act.case()
    saving = _saving(case, act.account, edited)

    def change(connection: sa.Connection, known: Publication) -> Publication:
        _replace(connection, case, act.account)
        return publications.step(connection, saving(connection, known), "publish", _editor(act.account))

    return _change(act, case, change, edited)


@router.post("/desk/reports/{report}/schedule", include_in_schema=False)
def schedule(act: Annotated[Act, Depends(by_editor)], edited: Annotated[Edited, Form()]) -> Response:
    """Keep what was edited, and let it come out at a time to come."""
    case = act.case()
    saving = _saving(case, act.account, edited)

    def change(connection: sa.Connection, known: Publication) -> Publication:
        if not edited.at.strip():
            raise UsageError("say when it is to come out")
        if _replaced_by(connection, case) is not None:
            raise UsageError("this text takes the place of one that is out; publish it at once")
        after = saving(connection, known)
        return publications.step(connection, after, "schedule", _editor(act.account), at=_moment(edited.at))

    return _change(act, case, change, edited)


@router.post("/desk/reports/{report}/retract", include_in_schema=False)
def retract(
    act: Annotated[Act, Depends(by_editor)], version: Version, notice: Annotated[str, Form(max_length=2000)] = ""
) -> Response:
    """Take a report back, with a notice to readers that says why."""

    def change(connection: sa.Connection, known: Publication) -> Publication:
        known = msgspec.structs.replace(known, version=version)
        return publications.step(connection, known, "retract", _editor(act.account), notice=notice)

    return _change(act, act.case(), change)


@router.post("/desk/reports/{report}/step", include_in_schema=False)
def take_step(
    act: Annotated[Act, Depends(by_coder)],
    version: Version,
    step: Annotated[Literal["unschedule", "reinstate", "drop", "restore", "undo"], Form()],
) -> Response:
    """Take a report off the schedule, reinstate a retracted one, drop or restore a draft, or undo the last edit."""
    case = editing(act.request, act.report, act.account) if step in ("drop", "undo") else act.case()
    own = case.publication is not None and case.publication.owner == act.account.id
    if not (case.may_publish or (step in ("drop", "restore", "undo") and own)):
        raise HTTPException(403, "Only editors can do this.")

    def change(connection: sa.Connection, known: Publication) -> Publication:
        known = msgspec.structs.replace(known, version=version)
        if step == "undo":
            return publications.undo(connection, known, _editor(act.account))
        return publications.step(connection, known, _AFTER_PUBLISHING[step], _editor(act.account))

    return _change(act, case, change)


def _replaced_by(connection: sa.Connection, case: Case) -> Publication | None:
    """The report that is out and that this one was rewritten from; raises UsageError when another took its place."""
    before = case.writing.supersedes if case.writing else None
    known = publications.publication(connection, before) if before else None
    if known is not None and known.status == "replaced":
        raise UsageError("another text has taken the place of the one that this was written from")
    return known if known is not None and known.status == "published" else None


def _replace(connection: sa.Connection, case: Case, account: Account) -> None:
    """Let this report take the place of the one that it was rewritten from."""
    before = _replaced_by(connection, case)
    if before is not None:
        publications.step(connection, before, "replace", _editor(account))
        record(connection, account.id, "desk.replaced", before.report, case.report.id)


def _reviewed(case: Case) -> Reading:
    return reviewed([case.reading], case.judgements)[0]


def _saving(case: Case, account: Account, edited: Edited) -> Change:
    """Keeps what was edited of a publication."""

    def save(connection: sa.Connection, known: Publication) -> Publication:
        return publications.save(connection, edited.over(known, _reviewed(case)), _editor(account))

    return save


def _change(act: Act, case: Case, change: Change, edited: Edited | None = None) -> Response:
    """Change a publication, note who did, and let the site follow once the answer is sent."""
    report = case.report.id
    try:
        with room_of(act.request).people.write() as connection:
            if case.publication is None:
                _third_party(connection, case, act.account)
            after = change(connection, _known(connection, report))
            record(connection, act.account.id, f"desk.{after.status}", report, f"version {after.version}")
    except UsageError as error:
        return _form(act.request, case, act.account, trouble=str(error), edited=edited)
    if after.status not in ("draft", "dropped"):
        reading = [case.reading] if case.writing is not None else []
        act.later.add_task(follow, newsroom_of(act.request), reading)
    return see(f"/desk/reports/{report}/publication")


def _third_party(connection: sa.Connection, case: Case, account: Account) -> Publication:
    """The record of a report that the site has and the desk never touched; only editors begin one."""
    if not case.may_publish:
        raise UsageError("only an editor can take up a report that is out")
    first = Publication(
        report=case.report.id, status="published", title=title_of(case.report), thread=thread_of(case.report)
    )
    return publications.begin(connection, first, _editor(account))


def _known(connection: sa.Connection, report: str) -> Publication:
    found = publications.publication(connection, report)
    if found is None:
        raise UsageError("this report is not at the desk")
    return found


def _form(
    request: Request, case: Case, account: Account, *, trouble: str = "", edited: Edited | None = None
) -> Response:
    publication = case.publication or Publication(
        report=case.report.id, status="published", title=title_of(case.report), version=1
    )
    own = publication.owner == account.id and publication.status == "draft"
    with room_of(request).people.read() as connection:
        last = publications.changes(connection, case.report.id, limit=1)
    policy = read_policy(publication.policy)
    values = {
        "case": case,
        "publication": edited.typed(publication) if edited else publication,
        "place_as": edited.place_as if edited else policy.place_as,
        "not_before": edited.not_before if edited else (policy.not_before or "")[:16],
        "names": edited.names if edited else "\n".join(policy.names),
        "at": edited.at if edited else "",
        "seen_as": seen_as(publication),
        "places": PLACES,
        "may_edit": case.may_publish or own,
        "may_undo": bool(last) and last[0].action in ("save", "undo"),
        "now": now(),
        "trouble": trouble,
    }
    return page(request, "desk/publication.html", 422 if trouble else 200, **values)


def seen_as(publication: Publication) -> list[tuple[str, str]]:
    """What readers see of a headline and a lead that have words which the policy hides."""
    said = [("headline", publication.headline), ("lead", publication.lead)]
    seen = [(name, words, blotted(words, publication.hidden)) for name, words in said]
    return [(name, shown_words) for name, words, shown_words in seen if shown_words != words]


def _moment(said: str) -> str | None:
    """A time as forms give it, in UTC; raises UsageError when it is none."""
    if not said.strip():
        return None
    text = said.strip()
    has_offset = text.endswith("Z") or "+" in text[10:]
    found = moment(text if has_offset else f"{text}+00:00").astimezone(UTC)
    return found.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _names(lines: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for line in lines.splitlines() if (name := " ".join(line.split()))))


def _editor(account: Account) -> Editor:
    return Editor(name=account.name, account=account.id)
