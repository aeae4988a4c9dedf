"""Whatever is asked of any address, read or written, the site answers as its description says, and never breaks."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from tests.web.pages.conftest import Desk

FAST = settings(
    max_examples=4, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def _try(operation: Any, desk: Desk) -> None:
    """Ask an address some things that it is described to take, and as many that it is not."""

    @FAST
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        cookies = {cookie.name: str(cookie.value) for cookie in desk.client.cookies.jar}
        answer = case.call(headers={"X-CSRF-Token": desk.token()}, cookies=cookies, allow_redirects=False, timeout=120)
        checks = [not_a_server_error, response_schema_conformance]
        if case.method == "GET":
            checks.append(status_code_conformance)
        case.validate_response(answer, checks=checks)

    ask()


def test_every_address_answers_as_described(desk: Desk) -> None:
    """The site knows whoever asks as its administrator, so that what only the desk may do is tried too."""
    desk.sign_in("admin")
    schema = schemathesis.openapi.from_asgi("/openapi.json", desk.client.app)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert {"/report/{report}.json", "/incident/{incident}", "/feed.atom"} <= {one.path for one in operations}
    for operation in operations:
        _try(operation, desk)
