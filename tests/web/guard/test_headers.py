"""Every answer tells the browser to trust nothing but the site's own files, and pages need nothing else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.web.conftest import Visitor

from according.web.guard.headers import HEADERS, SOURCES
from according.web.room import Room

PATHS = [
    "/",
    "/reports",
    "/about",
    "/password/forgotten",
    "/nothing",
    "/desk",
    "/desk/new",
    "/account",
    "/moderation/rules",
]
OTHERS = ["/incidents.json", "/feed.atom", "/robots.txt", "/static/site.css", "/desk.json", "/report/nothing.json"]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
DATA = re.compile(r'<script type="application/ld\+json">.*?</script>', re.DOTALL)
"""What search engines read; no browser runs it."""


def test_scripts_styles_and_frames_are_the_sites_own() -> None:
    assert SOURCES["default-src"] == "'none'"
    assert SOURCES["script-src"] == SOURCES["style-src"] == SOURCES["connect-src"] == "'self'"
    assert SOURCES["frame-ancestors"] == SOURCES["base-uri"] == "'none'"
    assert "unsafe" not in str(SOURCES)


@pytest.mark.parametrize("path", [*PATHS, *OTHERS])
def test_every_answer_has_the_headers(visitor: Visitor, path: str) -> None:
    visitor.sign_in("admin", "Ada")
    answer = visitor.get(path)
    expected = {name: said for name, said in HEADERS.items() if name != "Content-Security-Policy"}
    assert {name: answer.headers[name] for name in expected} == expected
    assert (
        answer.headers["Content-Security-Policy"].replace(" 'wasm-unsafe-eval'", "")
        == (HEADERS["Content-Security-Policy"])
    )


@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_a_script_or_a_style_of_its_own_or_asks_anybody_else(visitor: Visitor, path: str) -> None:
    visitor.sign_in("admin", "Ada")
    page = DATA.sub("", visitor.get(path).text)
    assert INLINE.findall(page) == []
    loaded = re.findall(r'<(?:script|img|link rel="stylesheet")[^>]*(?:src|href)="([^"]*)"', page)
    assert loaded
    assert [address for address in loaded if not address.startswith("/")] == []


def test_cookies_of_a_secure_site_travel_only_there(room: Room) -> None:
    secure = Visitor(replace(room, address="https://desk.example.org"))
    answer = secure.client.get("/sign-in")
    cookies = answer.headers.get_list("set-cookie")
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-according_")
        assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in cookie.split(";")}
        assert "SameSite=" in cookie
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
