"""How much and how often the desk takes."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.web.conftest import Visitor

from according.web.desk.intake import LARGEST_BYTES


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
