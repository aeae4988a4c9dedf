"""Writes that another site's page could send are refused; those of the site's own pages are not."""

from __future__ import annotations

import re

import pytest
from tests.web.conftest import Visitor

from according.web.guard.csrf import READS, UNGUARDED
from according.web.room import Room


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_write_without_a_token_is_refused(visitor: Visitor, method: str) -> None:
    assert visitor.client.request(method, "/sign-out").status_code == 403


def test_every_write_that_the_site_offers_is_refused_without_a_token(visitor: Visitor) -> None:
    """Also by an admin who is signed in: that is whose browser another site would use."""
    visitor.sign_in("admin")
    described = [(method, path) for path, methods in all_routes(visitor) for method in methods - READS]
    described = [one for one in described if not one[1].startswith(tuple(UNGUARDED))]
    assert len(described) > 20
    for method, path in described:
        answer = visitor.client.request(method, re.sub(r"{[^}]*}", "x", path), data={"role": "admin"})
        assert answer.status_code == 403, f"{method} {path}"


def test_the_refusal_has_the_shape_of_errors_for_scripts(visitor: Visitor) -> None:
    answer = visitor.client.post("/sign-out", json={})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "csrf"


def test_a_token_of_the_sites_own_page_passes_in_a_form_and_in_a_header(visitor: Visitor) -> None:
    shown = re.search(r'name="csrf" value="([^"]+)"', visitor.get("/sign-in").text)
    assert shown
    assert visitor.client.post("/sign-out", data={"csrf": shown[1]}).status_code == 303
    assert visitor.client.post("/sign-out", headers={"X-CSRF-Token": shown[1]}, json={}).status_code == 303


def test_a_token_of_another_browser_does_not_pass(visitor: Visitor, room: Room) -> None:
    attacker = Visitor(room)
    token = attacker.token()
    visitor.token()
    assert visitor.client.post("/sign-out", data={"csrf": token}).status_code == 403


def test_a_token_from_before_signing_in_does_not_pass_afterwards(visitor: Visitor) -> None:
    before = visitor.token()
    visitor.sign_in("editor")
    assert visitor.client.post("/sign-out", data={"csrf": before}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_write_that_says_it_comes_from_elsewhere_is_refused_even_with_a_token(
    visitor: Visitor, headers: dict[str, str]
) -> None:
    assert visitor.post("/sign-out", headers=headers).status_code == 403


def test_a_write_that_says_it_comes_from_here_passes(visitor: Visitor) -> None:
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert visitor.post("/sign-out", headers=headers).status_code == 303


def all_routes(visitor: Visitor) -> list[tuple[str, set[str]]]:
    """Every address of the site with the methods that it takes, those too that the description leaves out."""
    found: list[tuple[str, set[str]]] = []
    waiting = list(visitor.client.app.routes)  # type: ignore[attr-defined]
    while waiting:
        route = waiting.pop()
        waiting += getattr(getattr(route, "original_router", None), "routes", [])
        if getattr(route, "methods", None):
            found.append((route.path, set(route.methods)))
    return found
