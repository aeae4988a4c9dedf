"""Writes are bounded, and hold text that a database takes; what is refused has reached no part of the site."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from tests.web.conftest import Visitor

from according.web.guard import writes

NUL = {"name": "a\0b", "password": "c"}


def test_a_form_that_is_too_large_is_refused_whatever_it_says_of_its_length(visitor: Visitor) -> None:
    token, much = visitor.token(), "x" * (writes.LARGEST_TEXT + 1)
    said = visitor.client.post("/sign-in", data={"csrf": token, "name": much, "password": "p"})
    assert said.status_code == 413

    def pieces() -> Iterator[bytes]:
        yield f"csrf={token}&name=".encode()
        yield much.encode()

    unsaid = visitor.client.post(
        "/sign-in", content=pieces(), headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert unsaid.status_code == 413


@pytest.mark.parametrize("length", ["-1", "much", "99999999999"])
def test_a_length_that_cannot_be_is_refused(visitor: Visitor, length: str) -> None:
    answer = visitor.client.post("/sign-out", headers={"Content-Length": length})
    assert answer.status_code == 413


def test_forms_hold_no_character_of_number_zero(visitor: Visitor) -> None:
    assert visitor.post("/sign-in", NUL).status_code == 400
    as_parts = {name: (None, value) for name, value in {"csrf": visitor.token(), **NUL}.items()}
    assert visitor.client.post("/sign-in", files=as_parts).status_code == 400


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d"])
def test_json_holds_only_whole_characters(visitor: Visitor, text: str) -> None:
    for body in ({"deep": [{"er": text}]}, {text: 1}):
        headers = {"X-CSRF-Token": visitor.token(), "Content-Type": "application/json"}
        answer = visitor.client.post("/account.json", content=json.dumps(body), headers=headers)
        assert answer.status_code == 400
    assert visitor.post_json("/account.json", {"whole": "😀"}).status_code == 405


@pytest.mark.parametrize("path", ["/sign-in?next=%00", "/report/%00", "/csrf.json?x=a%00b"])
def test_addresses_hold_no_character_of_number_zero(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status_code == 400


def test_a_form_that_is_no_form_is_refused(visitor: Visitor) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert visitor.client.post("/sign-out", content=b"--x\r\nbroken", headers=headers).status_code == 403
