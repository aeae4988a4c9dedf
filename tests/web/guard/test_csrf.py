"""Writes that another site's page could send are refused; those of the site's own pages are not."""

from __future__ import annotations

import pytest
from tests.web.conftest import Visitor

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_write_without_a_token_is_refused(visitor: Visitor, method: str) -> None:
    assert visitor.client.request(method, "/sign-out").status_code == 403


def test_the_refusal_has_the_shape_of_errors_for_scripts(visitor: Visitor) -> None:
    answer = visitor.client.post("/sign-out", json={})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "csrf"
