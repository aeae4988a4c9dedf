"""Whatever is sent to any address of the site, by anybody, nothing breaks: pages and forms as well as the API.

The site's own description leaves pages for people out; here they are described too, and a reader with no account, a
moderator and an administrator send each of them what it is described to take, and what it is not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from tests.web.conftest import Visitor

from according.store.people import discussion_moderation as moderation
from according.web.accounts import log, mine, passwords, second_step, signing_in, staff
from according.web.desk import board, changes, claims, incidents, intake, publishing, rounds, suggested
from according.web.discussion import acts, feeds, moderating, own_data, subscribing, suggesting, threads, writing
from according.web.guard import limits

PARTS = (
    board, changes, claims, incidents, intake, publishing, rounds, suggested,
    acts, feeds, moderating, own_data, subscribing, suggesting, threads,
    log, mine, passwords, second_step, signing_in, staff,
)  # fmt: skip
LEFT_OUT = {"/desk/fetch", "/sign-out", "/account/sessions/end"}
"""What reaches out of this machine, and what ends the session that everything else is tried with."""
TEXT = (
    "Shells hit the market in Gharyan\n\n"
    "At least four people were killed on 3 May 2019 when shells hit the market in Gharyan, a doctor said."
)


@pytest.fixture
def known(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The names of what the site has: a report that is out, a comment on it, the incident that it tells of."""
    monkeypatch.setattr(writing, "FASTEST_SECONDS", 0.0)
    monkeypatch.setattr(limits.Buckets, "wait", lambda *_: 0.0)
    with visitor.room.people.write() as connection:
        moderation.set_policy(connection, moderation.Policy(hold_first=False))
    editor = Visitor(visitor.room)
    editor.sign_in("editor", "Ed")
    desk = editor.post("/desk/new", {"text": TEXT, "kind": "written", "published": "2019-05-04"}).headers["location"]
    assert editor.post(f"{desk}/publish", {"version": "1"}).status_code == 303
    report = desk.rpartition("/")[2]
    written = visitor.post(f"/report/{report}/discussion", {"name": "Leila", "text": "It was six."})
    comment = written.headers["location"].partition("#comment-")[2]
    [incident] = visitor.get("/incidents.json").json()["incidents"]
    return {"report": report, "comment": comment, "name": incident["id"].partition(":")[2], "order": "newest"}


def described(monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    """The desk, the discussion and the accounts alone, their pages described too."""
    alone = FastAPI()
    for router in {id(part.router): part.router for part in PARTS}.values():
        monkeypatch.setattr(router, "include_in_schema", True)
        for route in router.routes:
            if isinstance(route, APIRoute):
                monkeypatch.setattr(route, "include_in_schema", route.path not in LEFT_OUT)
        alone.include_router(router)
    return alone


@pytest.mark.parametrize(("role", "examples"), [("admin", 3), ("moderator", 1), (None, 1)])
def test_nothing_that_is_sent_breaks_the_site(
    visitor: Visitor, known: dict[str, str], monkeypatch: pytest.MonkeyPatch, role: Any, examples: int
) -> None:
    if role:
        visitor.sign_in(role, "Ada")
    schema = schemathesis.openapi.from_asgi("/openapi.json", described(monkeypatch))
    schema.app = visitor.client.app
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    paths = {one.path for one in operations}
    assert {
        "/desk/reports/{report}/publish",
        "/desk/upload",
        "/comment/{comment}/vote",
        "/accounts",
        "/sign-in",
    } <= paths
    sent = [_try(operation, visitor, known, examples) for operation in operations]
    assert sum(sent) >= len(operations)


def _try(operation: Any, visitor: Visitor, known: dict[str, str], examples: int) -> int:
    """Send an operation what it is described to take and what it is not; gives how often it got through the guard."""
    passed = 0
    fast = settings(
        max_examples=examples, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip

    def send(case: Any) -> None:
        nonlocal passed
        names = case.path_parameters or {}
        names |= {name: value for name, value in known.items() if name in names}
        cookies = {cookie.name: str(cookie.value) for cookie in visitor.client.cookies.jar}
        headers = {"X-CSRF-Token": visitor.token()}
        answer = case.call(headers=headers, cookies=cookies, allow_redirects=False, timeout=120)
        case.validate_response(answer, checks=[not_a_server_error])
        passed += b"was not sent from a page of this site" not in answer.content

    tried: Callable[[], None] = fast(given(case=operation.as_strategy())(send))
    tried()
    return passed
