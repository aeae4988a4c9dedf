"""The desk as coders and editors use it: a report in, its claims judged, out, and back."""

from __future__ import annotations

import re

import httpx2
import pytest
from tests.web.conftest import Visitor

from according.store.judgements import JudgementLog
from according.store.people.accounts import Account
from according.web.room import Room

TEXT = (
    "Shells hit the market in Gharyan\n\n"
    "At least four people were killed on 3 May 2019 when shells hit the market in Gharyan, a doctor said. "
    "Two children were wounded."
)


@pytest.fixture
def coder(visitor: Visitor) -> Account:
    return visitor.sign_in("coder", "Ana")


def bring(visitor: Visitor, text: str = TEXT) -> str:
    """Paste a report and give its id."""
    answer = visitor.post("/desk/new", {"text": text, "kind": "pasted", "published": "2019-05-04"})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rpartition("/")[2]


def claims(visitor: Visitor, report: str) -> dict[str, str]:
    """How each claim stands, by id."""
    found = visitor.get(f"/desk/reports/{report}.json").json()["standings"]
    return {one["claim"]: one["state"] for one in found}


def test_what_is_pasted_is_read_at_once_and_only_its_author_and_editors_see_it(
    visitor: Visitor, coder: Account
) -> None:
    report = bring(visitor)
    page = visitor.get(f"/desk/reports/{report}")
    assert "At least four" in page.text
    assert set(claims(visitor, report).values()) == {"read"}
    assert visitor.get(f"/report/{report}").status_code == 404
    other = Visitor(visitor.room)
    other.sign_in("coder", "Bo")
    assert other.get(f"/desk/reports/{report}").status_code == 404
    other.sign_in("editor", "Ed")
    assert other.get(f"/desk/reports/{report}").status_code == 200
    other.sign_in("moderator", "Mo")
    assert other.get(f"/desk/reports/{report}").status_code == 403


def test_a_coder_accepts_rejects_and_takes_back(visitor: Visitor, coder: Account) -> None:
    report = bring(visitor)
    first, *_ = claims(visitor, report)
    visitor.post(f"/desk/reports/{report}/reject", {"claim": first})
    assert claims(visitor, report)[first] == "rejected"
    [said] = JudgementLog(visitor.room.people).judgements(report)
    visitor.post(f"/desk/reports/{report}/undo", {"judgement": said.id})
    assert claims(visitor, report)[first] == "read"
    visitor.post(f"/desk/reports/{report}/accept")
    assert set(claims(visitor, report).values()) == {"accepted"}
    assert "taken back" in visitor.get(f"/desk/reports/{report}/changes").text


def test_a_claim_is_added_by_its_quote_and_words_that_are_not_there_bring_the_form_back(
    visitor: Visitor, coder: Account
) -> None:
    report = bring(visitor)
    asked = {"predicate": "injure", "quote": "Two children were wounded.", "quantity": "Two", "object": "soldiers"}
    refused = visitor.post(f"/desk/reports/{report}/claims", asked)
    assert refused.status_code == 422
    assert "does not have the words “soldiers”" in refused.text
    added = visitor.post(f"/desk/reports/{report}/claims", {**asked, "object": "children", "realis": "ongoing"})
    assert added.status_code == 303
    [said] = JudgementLog(visitor.room.people).judgements(report)
    assert said.kind == "add"
    assert said.told is not None
    assert said.told.claim.quantity is not None
    assert (said.author, said.told.claim.method, said.told.claim.quantity.low) == ("Ana", "person", 2)


def test_an_editor_publishes_and_retracts_with_a_notice(visitor: Visitor, coder: Account) -> None:
    report = bring(visitor)
    where = f"/desk/reports/{report}"
    assert visitor.post(f"{where}/publish", {"version": "1"}).status_code == 403
    editor = Visitor(visitor.room)
    editor.sign_in("editor", "Ed")
    assert editor.get(f"{where}/preview").status_code == 200
    assert editor.post(f"{where}/publish", {"version": "1"}).status_code == 303
    reader = Visitor(visitor.room)
    assert reader.get(f"/report/{report}").status_code == 200
    assert visitor.post(f"{where}/reject", {"claim": next(iter(claims(visitor, report)))}).status_code == 403
    assert editor.post(f"{where}/retract", {"version": "2", "notice": "The doctor was misheard."}).status_code == 303
    gone = reader.get(f"/report/{report}")
    assert gone.status_code == 410
    assert "The doctor was misheard." in gone.text


def test_two_code_blind_and_see_each_other_only_when_both_are_done(visitor: Visitor, room: Room) -> None:
    editor, one, other = visitor, Visitor(room), Visitor(room)
    editor.sign_in("editor", "Ed")
    coders = [one.sign_in("coder", "Ana").id, other.sign_in("coder", "Bo").id]
    report = bring(editor)
    made = editor.post(f"/desk/reports/{report}/assign", {"coders": coders, "way": "blind"})
    where = made.headers["location"]
    first, *_ = claims(one, report)
    one.post(f"/desk/reports/{report}/reject", {"claim": first})
    assert claims(other, report)[first] == "read"
    assert one.post(f"{where}/finish").status_code == 400
    for each in (one, other):
        each.post(f"/desk/reports/{report}/accept")
        assert other.get(f"{where}.json").json()["agreement"] == []
        assert each.post(f"{where}/finish").status_code == 303
    [pair] = editor.get(f"{where}.json").json()["agreement"]
    said = {field["field"]: field for field in pair["found"]["fields"]}["is said"]
    assert said["items"] - said["agreed"] == 1
    assert set(claims(editor, report).values()) == {"read"}
    editor.post(f"{where}/adopt", {"coder": coders[0]})
    assert claims(editor, report)[first] == "rejected"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("report.pdf", b"%PDF-1.4", "text (.txt)"), ("report.txt", b"%PDF-1.4 x", "PDF"), ("a.md", b"", "empty")],
)
def test_uploads_are_looked_into(visitor: Visitor, coder: Account, name: str, content: bytes, said: str) -> None:
    answer: httpx2.Response = visitor.client.post(
        "/desk/upload", data={"csrf": visitor.token()}, files={"file": (name, content)}
    )
    assert answer.status_code == 422
    assert said in re.sub(r"\s+", " ", answer.text)


@pytest.mark.parametrize("address", ["http://127.0.0.1/x", "http://169.254.169.254/", "file:///etc/passwd"])
def test_private_addresses_are_not_fetched(visitor: Visitor, coder: Account, address: str) -> None:
    answer = visitor.post("/desk/fetch", {"url": address})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
