"""How much and how often the desk takes, and that nothing sent to it breaks it."""

from __future__ import annotations

import re
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from tests.web.conftest import Visitor
from tests.web.desk.test_desk import bring

from according.web.desk import board, changes, claims, incidents, intake, publishing, rounds, suggested
from according.web.desk.intake import LARGEST_BYTES
from according.web.guard import limits

PARTS = (board, changes, claims, incidents, intake, publishing, rounds, suggested)
FAST = settings(
    max_examples=3, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def upload(visitor: Visitor, size: int) -> Any:
    """Upload a text of so many bytes, in lines that are no sentences."""
    content = (b"1234567\n" * (size // 8 + 1))[:size]
    return visitor.client.post(
        "/desk/upload", data={"csrf": visitor.token()}, files={"file": ("report.txt", content, "text/plain")}
    )


@pytest.mark.parametrize(
    ("size", "status", "said"),
    [(LARGEST_BYTES + 1, 422, "larger than 5 MB"), (2 * LARGEST_BYTES, 413, ""), (LARGEST_BYTES, 422, "characters")],
)
def test_an_upload_is_bounded(visitor: Visitor, size: int, status: int, said: str) -> None:
    visitor.sign_in("coder", "Ana")
    answer = upload(visitor, size)
    assert answer.status_code == status
    assert said in re.sub(r"\s+", " ", answer.text)
    assert visitor.get("/desk.json").json()["drafts"] == []


def test_who_brings_in_too_many_reports_has_to_wait(visitor: Visitor) -> None:
    visitor.sign_in("coder", "Ana")
    answers = [visitor.post("/desk/new", {"text": ""}) for _ in range(22)]
    assert [one.status_code for one in answers[:20]] == [422] * 20
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) <= 4
    assert upload(visitor, 10).status_code == 429
    assert visitor.get("/desk").status_code == 200


def _described(monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    """The desk alone, its pages described too, which the site's own description leaves out."""
    alone = FastAPI()
    for router in {id(each.router): each.router for each in PARTS}.values():
        for route in router.routes:
            if isinstance(route, APIRoute) and route.path != "/desk/fetch":
                monkeypatch.setattr(route, "include_in_schema", True)
        alone.include_router(router)
    return alone


def test_no_form_of_the_desk_breaks_it(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.Buckets, "wait", lambda *_: 0.0)
    visitor.sign_in("admin", "Ada")
    report = bring(visitor)
    schema = schemathesis.openapi.from_asgi("/openapi.json", _described(monkeypatch))
    schema.app = visitor.client.app
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert {"/desk/reports/{report}/publish", "/desk/upload", "/desk/incidents/{name}/merge"} <= {
        one.path for one in operations
    }
    for operation in operations:
        _try(operation, visitor, report)


def _try(operation: Any, visitor: Visitor, report: str) -> None:
    """Send an operation what it is described to take and what it is not, about a report that is there."""

    @FAST
    @given(case=operation.as_strategy())
    def send(case: Any) -> None:
        if "report" in (case.path_parameters or {}):
            case.path_parameters["report"] = report
        cookies = {cookie.name: str(cookie.value) for cookie in visitor.client.cookies.jar}
        answer = case.call(headers={"X-CSRF-Token": visitor.token()}, cookies=cookies, allow_redirects=False)
        case.validate_response(answer, checks=[not_a_server_error])

    send()
