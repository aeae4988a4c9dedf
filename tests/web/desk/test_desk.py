"""The desk as coders and editors use it: a report in, its claims judged, out, and back."""

from __future__ import annotations

import re
import socket
import time
from typing import Any

import httpx2
import pytest
from tests.web.conftest import Visitor

from according.records import Reading
from according.store.judgements import JudgementLog
from according.store.linked import LinkedLedger
from according.store.people.accounts import Account
from according.store.people.clock import now
from according.store.people.discussion_comments import Author, Draft, post
from according.store.people.discussion_moderation import Policy as Moderation
from according.store.people.discussion_moderation import set_policy
from according.store.people.discussion_suggestions import Change, promote, suggestions_for
from according.web.desk.onward import open_newsroom
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


def test_what_is_not_read_of_a_text_stands_at_the_desk_all_the_same(visitor: Visitor, coder: Account) -> None:
    arabic = "قال ناشطون إن ثلاثة مدنيين قتلوا يوم الثلاثاء."
    text = f"{TEXT}\n\n{arabic}\n\nShare this article"
    report = bring(visitor, text)
    page = visitor.get(f"/desk/reports/{report}").text
    for kind, words in (("unread", arabic), ("furniture", "Share this article")):
        [not_read] = re.findall(rf'<p class="said {kind}" dir="auto".*?</p>', page)
        assert words in not_read


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
    assert "Shells hit the market in Gharyan" in gone.text
    told = reader.get(f"/report/{report}.json")
    assert told.status_code == 410
    said = "“Shells hit the market in Gharyan” was retracted. The doctor was misheard."
    assert told.json() == {"error": {"code": "retracted", "message": said}}


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
    [
        ("report.svg", b"<svg>Shells hit it.</svg>", "text (.txt)"),
        ("report.txt", b"%PDF-1.4 x", "PDF"),
        ("a.md", b"", "empty"),
    ],
)
def test_uploads_are_looked_into(visitor: Visitor, coder: Account, name: str, content: bytes, said: str) -> None:
    answer: httpx2.Response = visitor.client.post(
        "/desk/upload", data={"csrf": visitor.token()}, files={"file": (name, content)}
    )
    assert answer.status_code == 422
    [trouble] = re.findall(r'role="alert">([^<]+)<', answer.text)
    assert said in trouble


@pytest.mark.parametrize("address", ["http://127.0.0.1:{}/x", "http://[::ffff:127.0.0.1]:{}/x", "file:///etc/passwd"])
def test_private_addresses_are_not_fetched(visitor: Visitor, coder: Account, address: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as private:
        private.settimeout(0)
        answer = visitor.post("/desk/fetch", {"url": address.format(private.getsockname()[1])})
        with pytest.raises(BlockingIOError):
            private.accept()
    assert answer.status_code == 422
    [said] = re.findall(r'role="alert">([^<]+)<', answer.text)
    assert said.endswith(".")
    assert not said.endswith("..")


def test_a_rewritten_draft_keeps_what_its_text_still_says_and_tells_what_it_does_not(
    visitor: Visitor, coder: Account
) -> None:
    report = bring(visitor)
    known = {one["evidence"]["text"]: one["id"] for one in visitor.get(f"/desk/reports/{report}.json").json()["claims"]}
    wounded = next(name for quote, name in known.items() if "children" in quote)
    dead = next(name for quote, name in known.items() if "four people" in quote)
    visitor.post(f"/desk/reports/{report}/reject", {"claim": wounded, "reason": "a child and a goat"})
    visitor.post(f"/desk/reports/{report}/reject", {"claim": dead})
    added = {"predicate": "displace", "quote": "shells hit the market in Gharyan, a doctor said", "quantity": ""}
    assert visitor.post(f"/desk/reports/{report}/claims", added).status_code == 303
    text = f"A line before all others.\n\n{TEXT.replace('At least four', 'Five')}"
    new = visitor.post(f"/desk/reports/{report}/text", {"text": text, "published": "2019-05-04"})
    assert new.headers["location"].endswith("/changes")
    after = new.headers["location"].split("/")[3]
    assert list(claims(visitor, after).values()).count("rejected") == 1
    assert list(claims(visitor, after).values()).count("added") == 1
    said = {one.kind: one for one in JudgementLog(visitor.room.people).judgements(after)}
    assert said["reject"].reason == "a child and a goat; carried over to the text as rewritten"
    assert said["reject"].author == "Ana"
    page = re.sub(r"\s+", " ", visitor.get(new.headers["location"]).text)
    assert "1 judgement on the text before could not be carried over" in page
    assert "At least four people were killed" in page
    back = visitor.post(f"/desk/reports/{after}/text", {"text": TEXT, "published": "2019-05-04"})
    assert back.headers["location"] == f"/desk/reports/{report}"
    drafts = [one["report"] for one in visitor.get("/desk.json").json()["drafts"]]
    assert drafts == [report]


def test_what_stands_in_the_form_is_kept_when_it_is_published(visitor: Visitor, room: Room) -> None:
    visitor.sign_in("editor", "Ed")
    report = bring(visitor)
    where = f"/desk/reports/{report}"
    form = {"version": "1", "whole": "true", "headline": "The market in Gharyan", "place_as": "country"}
    wrong = visitor.post(f"{where}/schedule", {**form, "at": "2020-01-01T00:00"})
    assert wrong.status_code == 422
    assert "has passed" in wrong.text
    assert 'value="The market in Gharyan"' in wrong.text
    assert visitor.post(f"{where}/publish", form).status_code == 303
    page = Visitor(room).get(f"/report/{report}").text
    assert "The market in [place withheld]" in page
    assert "Gharyan" not in page
    warned = visitor.get(f"{where}/publication").text
    assert "Readers see the headline as" in warned
    emptied = {"version": "3", "whole": "true", "headline": "The market in Gharyan", "place_as": ""}
    assert visitor.post(f"{where}/publication", emptied).status_code == 303
    assert "The market in Gharyan" in Visitor(room).get(f"/report/{report}").text


def test_a_report_comes_out_at_its_time_by_the_newsroom_alone(visitor: Visitor, room: Room) -> None:
    visitor.sign_in("editor", "Ed")
    report = bring(visitor)
    soon = now(4)  # room for a slow machine to take the order before its time
    done = visitor.post(f"/desk/reports/{report}/schedule", {"version": "1", "at": f"{soon}"})
    assert done.status_code == 303, done.text
    reader = Visitor(room)
    assert reader.get(f"/report/{report}").status_code == 404
    with open_newsroom(room).at_work():
        deadline = time.monotonic() + 20
        while reader.get(f"/report/{report}").status_code != 200:
            assert time.monotonic() < deadline
            time.sleep(0.2)
    assert now() >= soon
    visitor.get("/desk")
    assert "the schedule" in visitor.get(f"/desk/reports/{report}/changes").text


STRIKE = "At least {} people were killed in an air strike on Tajoura, Libya, on 3 May 2019, medics said."


def test_incidents_are_merged_and_split_also_where_a_policy_hides_their_place(visitor: Visitor, room: Room) -> None:
    visitor.sign_in("editor", "Ed")
    reports = []
    for number in (12, 40):
        report = bring(visitor, STRIKE.format(number))
        policy = {"version": "1", "whole": "true", "place_as": "country"}
        assert visitor.post(f"/desk/reports/{report}/publish", policy).status_code == 303
        reports.append(report)
    ledger = LinkedLedger(room.ledger)
    before = {one.id for one in ledger.incidents().items}
    (whole,) = before
    part = [one.id for one in shelf_of_room(room, reports[1]).claims]
    form: dict[str, Any] = {"claims": part, "reason": "Another strike."}
    done = visitor.post(f"/desk/incidents/{whole.removeprefix('incident:')}/split", form)
    assert done.status_code == 303, done.text
    assert len(ledger.incidents().items) == 2
    [said] = [one for one in JudgementLog(room.people).judgements() if one.report is None]
    page = visitor.get(done.headers["location"])
    assert page.status_code == 200
    assert f"/desk/judgements/{said.id}/undo" in page.text
    one, other = sorted(each.id.removeprefix("incident:") for each in ledger.incidents().items)
    merged = visitor.post(f"/desk/incidents/{one}/merge", {"others": [other], "reason": "One strike after all."})
    assert merged.status_code == 303
    assert {each.id for each in ledger.incidents().items} == before
    assert "One strike after all." in visitor.get(merged.headers["location"]).text
    for each in JudgementLog(room.people).judgements()[::-1]:
        assert visitor.post(f"/desk/judgements/{each.id}/undo").status_code == 303
    assert {each.id for each in ledger.incidents().items} == before
    read = {claim["id"] for report in reports for claim in visitor.get(f"/desk/reports/{report}.json").json()["claims"]}
    assert {claim for part in said.subjects for claim in part.claims} == read
    ledger.close()


def test_a_reader_is_credited_for_a_suggestion_that_is_accepted_once(visitor: Visitor, room: Room) -> None:
    visitor.sign_in("editor", "Ed")
    report = bring(visitor)
    visitor.post(f"/desk/reports/{report}/publish", {"version": "1"})
    dead, wounded = (
        next(
            one["id"] for one in visitor.get(f"/report/{report}.json").json()["claims"] if words in str(one["evidence"])
        )
        for words in ("At least four", "Two children")
    )
    reading = shelf_of_room(room, report)
    author = Author(name="Leila", reader="r1", net="n1")
    with room.people.write() as connection:
        draft = Draft(thread=report, report=report, text="It was six.", html="<p>It was six.</p>")
        comment = post(connection, draft, author)
        change = Change(kind="correct", field="quantity", value="four", low=6, high=6)
        first = promote(connection, comment, reading, (dead, change), "Ed")
        second = promote(connection, comment, reading, (wounded, Change(kind="reject")), "Ed")
    assert "suggests to" in visitor.get(f"/desk/reports/{report}?claim={dead}").text
    assert visitor.post(f"/desk/suggestions/{first}/accept").status_code == 303
    assert visitor.post(f"/desk/suggestions/{first}/accept").status_code == 400
    assert visitor.post(f"/desk/suggestions/{second}/decline", {"reason": "They were two."}).status_code == 303
    [said] = JudgementLog(room.people).judgements(report)
    assert (said.kind, said.author) == ("correct", "Leila")
    assert claims(visitor, report)[wounded] == "read"
    with room.people.read() as connection:
        settled = {one.id: (one.state, one.judgement) for one in suggestions_for(connection, report)}
    assert settled == {first: ("accepted", said.id), second: ("declined", None)}
    assert "Leila" in visitor.get(f"/report/{report}/discussion").text


def test_the_headline_of_the_desk_is_what_a_report_is_called_everywhere(visitor: Visitor, room: Room) -> None:
    visitor.sign_in("editor", "Ed")
    arabic = "قال طبيب في المستشفى إن أربعة أشخاص على الأقل قتلوا عندما سقطت القذائف على السوق."
    report = bring(visitor, f"{TEXT}\n\n{arabic}")
    form = {"version": "1", "headline": "Four dead, says a doctor", "rights": "whole"}
    assert visitor.post(f"/desk/reports/{report}/publish", form).status_code == 303
    reader = Visitor(room)
    assert "Four dead, says a doctor" in reader.get("/reports").text
    assert "Four dead, says a doctor" in reader.get(f"/report/{report}/discussion.atom").text
    assert "Four dead, says a doctor" in reader.get(f"/report/{report}/discussion").text
    page = reader.get(f"/report/{report}").text
    assert arabic in page
    assert "not in English and was not read" in page
    again = {"version": "3", "headline": "A market hit"}
    assert visitor.post(f"/desk/reports/{report}/publication", again).status_code == 303
    assert "A market hit" in reader.get("/reports").text


def test_suggestions_go_on_to_a_rewritten_text_and_say_what_is_not_there_any_more(visitor: Visitor, room: Room) -> None:
    visitor.sign_in("editor", "Ed")
    report = bring(visitor)
    visitor.post(f"/desk/reports/{report}/publish", {"version": "1"})
    reading = shelf_of_room(room, report)
    dead, wounded = (
        next(one for one in reading.claims if words in one.evidence.text) for words in ("At least four", "Two children")
    )
    with room.people.write() as connection:
        draft = Draft(thread=report, report=report, text="It was six.", html="<p>It was six.</p>")
        comment = post(connection, draft, Author(name="Leila", reader="r1", net="n1"))
        change = Change(kind="correct", field="quantity", value="four", low=6, high=6)
        stays = promote(connection, comment, reading, (dead.id, change), "Ed")
        goes = promote(connection, comment, reading, (wounded.id, Change(kind="reject")), "Ed")
    text = f"It rained.\n\n{TEXT.replace(' Two children were wounded.', '')}"
    assert "Two children" not in text
    new = visitor.post(f"/desk/reports/{report}/text", {"text": text, "published": "2019-05-04"})
    after = new.headers["location"].split("/")[3]
    assert "suggests to" not in visitor.get(f"/desk/reports/{after}").text
    assert visitor.post(f"/desk/reports/{after}/publish", {"version": "1"}).status_code == 303

    page = visitor.get("/suggestions").text
    assert "stands elsewhere in it now" in page
    assert "is not in it any more" in page
    assert wounded.evidence.text in page
    assert f"/report/{after}/suggestions" in visitor.get("/desk").text
    [figure] = [one for one in shelf_of_room(room, after).claims if one.predicate == "kill"]
    desk = visitor.get(f"/desk/reports/{after}?claim={figure.id}").text
    assert f"/desk/suggestions/{stays}/accept" in desk
    assert "stands elsewhere in it now" in desk
    assert f"/desk/suggestions/{goes}/accept" not in desk
    assert f"/desk/suggestions/{goes}/decline" in desk
    assert visitor.post(f"/desk/suggestions/{goes}/accept").status_code == 400
    done = visitor.post(f"/desk/suggestions/{stays}/accept")
    assert done.headers["location"].startswith(f"/desk/reports/{after}?claim=")
    [said] = JudgementLog(room.people).judgements(after)
    assert (said.kind, said.author) == ("correct", "Leila")
    [figure] = [one for one in shelf_of_room(room, after).claims if one.predicate == "kill"]
    assert figure.quantity is not None
    assert figure.quantity.low == 6


def shelf_of_room(room: Room, report: str) -> Reading:
    """What readers see of a report."""
    reading = LinkedLedger(room.ledger).reading(report)
    assert reading is not None
    return reading


def test_a_text_that_is_out_is_replaced_by_its_rewriting_and_keeps_its_discussion(visitor: Visitor, room: Room) -> None:
    visitor.sign_in("editor", "Ed")
    report = bring(visitor)
    visitor.post(f"/desk/reports/{report}/publish", {"version": "1"})
    with room.people.write() as connection:
        set_policy(connection, Moderation(hold_first=False))
    commented = visitor.post(f"/report/{report}/discussion", {"text": "It was six."})
    assert commented.status_code == 303, commented.text
    coder = Visitor(room)
    coder.sign_in("coder", "Ana")
    text = TEXT.replace("four", "six")
    assert coder.post(f"/desk/reports/{report}/text", {"text": text}).status_code == 403
    new = visitor.post(f"/desk/reports/{report}/text", {"text": text, "published": "2019-05-04"})
    after = new.headers["location"].split("/")[3]
    reader = Visitor(room)
    assert reader.get(f"/report/{report}").status_code == 200
    assert reader.get(f"/report/{after}").status_code == 404
    when = {"version": "1", "at": "2999-01-01T00:00"}
    assert "publish it at once" in visitor.post(f"/desk/reports/{after}/schedule", when).text
    assert visitor.post(f"/desk/reports/{after}/publish", {"version": "1"}).status_code == 303
    moved = reader.get(f"/report/{report}")
    assert (moved.status_code, moved.headers["location"]) == (308, f"/report/{after}")
    page = reader.get(f"/report/{after}").text
    assert "At least six" in page
    assert "It was six." in page
    assert reader.get("/reports").text.count("Shells hit the market") == 1
    assert reader.get(commented.headers["location"].partition("#")[0]).status_code == 200


def test_comments_stay_under_a_report_whose_policy_hides_words_and_do_not_tell_them(
    visitor: Visitor, room: Room
) -> None:
    visitor.sign_in("editor", "Ed")
    report = (
        visitor.post(
            "/desk/new", {"text": TEXT, "published": "2019-05-04", "url": "https://gazette.example.org/gharyan"}
        )
        .headers["location"]
        .rpartition("/")[2]
    )
    visitor.post(f"/desk/reports/{report}/publish", {"version": "1"})
    with room.people.write() as connection:
        set_policy(connection, Moderation(hold_first=False))
    said = {"text": "I know **Gharyan** well.", "exact": "shells hit the market in Gharyan", "notify": "all"}
    assert visitor.post(f"/report/{report}/discussion", said).status_code == 303
    hiding = {"version": "2", "whole": "true", "place_as": "country"}
    assert visitor.post(f"/desk/reports/{report}/publication", hiding).status_code == 303
    assert visitor.post(f"/report/{report}/discussion", {"text": "Gharyan again."}).status_code == 303
    reader = Visitor(room)
    for path in ("", "/discussion", "/discussion.json", "/discussion.atom"):
        answer = reader.get(f"/report/{report}{path}")
        assert answer.status_code == 200
        assert "Gharyan" not in answer.text.replace("gazette.example.org/gharyan", ""), path
        assert "[place withheld]" in answer.text
    assert reader.get(f"/report/{report}/discussion.json").json()["total"] == 2
    opened = visitor.post(f"/desk/reports/{report}/publication", {**hiding, "version": "3", "place_as": ""})
    assert opened.status_code == 303
    found = reader.get(f"/report/{report}/discussion.json").json()
    assert found["total"] == 2
    assert "Gharyan" in str(found)


def test_a_text_that_is_coded_blind_stays_and_an_assignment_goes_with_its_rewriting(
    visitor: Visitor, room: Room
) -> None:
    visitor.sign_in("editor", "Ed")
    ana, bo = Visitor(room), Visitor(room)
    coders = [ana.sign_in("coder", "Ana").id, bo.sign_in("coder", "Bo").id]
    report = bring(visitor)
    assert visitor.post(f"/desk/reports/{report}/assign", {"coders": coders[:1]}).status_code == 303
    text = f"{TEXT} It rained."
    after = visitor.post(f"/desk/reports/{report}/text", {"text": text}).headers["location"].split("/")[3]
    assert [one["report"] for one in ana.get("/desk.json").json()["assigned"]] == [after]
    assert ana.post(f"/desk/reports/{after}/accept").status_code == 303
    blind = visitor.post(f"/desk/reports/{after}/assign", {"coders": coders, "way": "blind"})
    refused = visitor.post(f"/desk/reports/{after}/text", {"text": f"{text} And hailed."})
    assert refused.status_code == 400
    assert "coding this text blind" in refused.text
    assert bo.get(blind.headers["location"]).status_code == 200
