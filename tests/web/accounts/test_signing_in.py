"""Signing in and out: what works, and what an attacker tries."""

from __future__ import annotations

import re
import time

import pyotp
import pytest
import sqlalchemy as sa
from tests.web.accounts.conftest import PASSWORD
from tests.web.conftest import Visitor

from according.store.people.accounts import add_account
from according.store.people.audit import entries
from according.store.people.clock import now
from according.store.people.sessions import IDLE_SECONDS, SESSION
from according.web.room import Room


@pytest.fixture
def maria(room: Room) -> str:
    with room.people.write() as connection:
        return add_account(connection, "Maria Okoth", "maria@example.org", "editor", PASSWORD).id


def sign_in(visitor: Visitor, name: str = "maria okoth", password: str = PASSWORD, then: str = "") -> int:
    answer = visitor.post("/sign-in", {"name": name, "password": password, "next": then})
    return answer.status_code


def whoami(visitor: Visitor) -> str | None:
    account = visitor.get("/account.json").json()["account"]
    return None if account is None else str(account["name"])


@pytest.mark.parametrize("name", ["Maria Okoth", "maria  okoth", "MARIA@example.org"])
def test_the_name_or_the_address_signs_in(visitor: Visitor, maria: str, name: str) -> None:
    assert whoami(visitor) is None
    assert sign_in(visitor, name) == 303
    assert whoami(visitor) == "Maria Okoth"


@pytest.mark.parametrize(("name", "password"), [("Maria Okoth", "seven calm herons"), ("Nobody", PASSWORD)])
def test_what_is_wrong_is_not_said(visitor: Visitor, maria: str, name: str, password: str) -> None:
    answer = visitor.post("/sign-in", {"name": name, "password": password})
    assert answer.status_code == 403
    assert "That name and password do not belong together." in answer.text
    assert whoami(visitor) is None


def test_an_account_without_a_password_takes_none(visitor: Visitor, room: Room) -> None:
    with room.people.write() as connection:
        add_account(connection, "Invited", "invited@example.org", "coder")
    assert [sign_in(visitor, "Invited", password) for password in ("None", "null", "*")] == [403] * 3


def test_a_token_from_before_signing_in_is_worth_nothing(visitor: Visitor, room: Room, maria: str) -> None:
    visitor.have_cookie("session", "planted")
    visitor.token()
    assert sign_in(visitor) == 303
    assert visitor.client.cookies["according_session"] != "planted"
    other = Visitor(room)
    other.have_cookie("session", "planted")
    assert whoami(other) is None


def test_signing_in_again_ends_the_earlier_session(visitor: Visitor, room: Room, maria: str) -> None:
    sign_in(visitor)
    earlier = visitor.client.cookies["according_session"]
    sign_in(visitor)
    other = Visitor(room)
    other.have_cookie("session", earlier)
    assert whoami(other) is None
    assert whoami(visitor) == "Maria Okoth"


def test_the_database_holds_no_token_and_no_password(visitor: Visitor, room: Room, maria: str) -> None:
    sign_in(visitor)
    with room.people.read() as connection:
        kept = str(connection.execute(sa.select(SESSION)).all()) + str(
            connection.exec_driver_sql("SELECT * FROM account").all()
        )
    assert visitor.client.cookies["according_session"] not in kept
    assert PASSWORD not in kept
    assert "$argon2id$" in kept


def test_signing_out_ends_the_session_for_whoever_has_its_token(visitor: Visitor, room: Room, maria: str) -> None:
    sign_in(visitor)
    token = visitor.client.cookies["according_session"]
    assert visitor.post("/sign-out").status_code == 303
    visitor.have_cookie("session", token)
    assert whoami(visitor) is None


@pytest.mark.parametrize("column", ["expires", "seen"])
def test_sessions_end_by_time(visitor: Visitor, room: Room, maria: str, column: str) -> None:
    sign_in(visitor)
    past = now(-1) if column == "expires" else now(-IDLE_SECONDS - 1)
    with room.people.write() as connection:
        connection.execute(SESSION.update().values({column: past}))
    assert whoami(visitor) is None


def test_a_locked_account_is_out_at_once(visitor: Visitor, room: Room, maria: str) -> None:
    sign_in(visitor)
    with room.people.write() as connection:
        connection.exec_driver_sql("UPDATE account SET disabled = true")
    assert whoami(visitor) is None
    assert sign_in(visitor) == 403


@pytest.mark.parametrize(
    ("then", "place"),
    [
        ("/desk?report=4", "/desk?report=4"),
        ("https://evil.example/", "/account"),
        ("//evil.example/", "/account"),
        ("/\\evil.example/", "/account"),
        ("/\tevil", "/account"),
        ("javascript:alert(1)", "/account"),
        ("", "/account"),
    ],
)
def test_who_signs_in_stays_on_the_site(visitor: Visitor, maria: str, then: str, place: str) -> None:
    answer = visitor.post("/sign-in", {"name": "Maria Okoth", "password": PASSWORD, "next": then})
    assert answer.headers["location"] == place


def test_guessing_is_slowed_down_by_network_and_by_account(room: Room, maria: str) -> None:
    guesser = Visitor(room)
    assert [sign_in(guesser, password="wrong " * 3) for _ in range(11)] == [403] * 10 + [429]
    assert [sign_in(guesser, f"name {number}") for number in range(11)][-1] == 429
    answer = guesser.post("/sign-in", {"name": "x", "password": "y"})
    assert int(answer.headers["retry-after"]) > 0


def test_what_happened_is_noted_without_whole_addresses(visitor: Visitor, room: Room, maria: str) -> None:
    sign_in(visitor, password="not this one at all")
    sign_in(visitor)
    with room.people.read() as connection:
        noted = entries(connection)
    assert [(one.who, one.what, one.about) for one in noted] == [
        (maria, "account.sign_in", maria),
        (None, "account.sign_in_failed", maria),
    ]


def enrol(visitor: Visitor) -> tuple[pyotp.TOTP, list[str]]:
    shown = visitor.get("/account/two-step").text
    found = re.search(r'typed-secret">([A-Z2-7 ]+)<', shown)
    enrolment = re.search(r'name="enrolment" value="([^"]+)"', shown)
    assert found
    assert enrolment
    totp = pyotp.TOTP(found[1].replace(" ", ""))
    form = {"enrolment": enrolment[1], "code": totp.now(), "password": PASSWORD}
    answer = visitor.post("/account/two-step", form)
    assert answer.status_code == 200, answer.text
    return totp, re.findall(r"<li>([a-z2-7-]{19})</li>", answer.text)


def test_the_second_step_is_asked_for_and_takes_each_code_once(visitor: Visitor, maria: str) -> None:
    sign_in(visitor)
    totp, _ = enrol(visitor)
    visitor.post("/sign-out")
    assert sign_in(visitor) == 303
    assert whoami(visitor) is None
    used = visitor.post("/sign-in/code", {"code": totp.now()})
    assert used.status_code == 403  # the code that turned it on
    next_code = totp.at(int(time.time()) + 30)
    assert visitor.post("/sign-in/code", {"code": next_code}).status_code == 303
    assert whoami(visitor) == "Maria Okoth"
    visitor.post("/sign-out")
    sign_in(visitor)
    assert visitor.post("/sign-in/code", {"code": next_code}).status_code == 403


def test_a_recovery_code_opens_once(visitor: Visitor, maria: str) -> None:
    sign_in(visitor)
    _, codes = enrol(visitor)
    assert len(set(codes)) == 10
    for expected in (303, 403):
        visitor.post("/sign-out")
        sign_in(visitor)
        assert visitor.post("/sign-in/code", {"code": codes[0].upper()}).status_code == expected


def test_codes_cannot_be_guessed_nor_the_first_step_left_out(visitor: Visitor, room: Room, maria: str) -> None:
    sign_in(visitor)
    enrol(visitor)
    visitor.post("/sign-out")
    sign_in(visitor)
    assert [visitor.post("/sign-in/code", {"code": f"{n:06}"}).status_code for n in range(6)] == [403] * 5 + [429]
    stranger = Visitor(room)
    stranger.have_cookie("second", "made.up.cookie")
    assert stranger.post("/sign-in/code", {"code": "000000"}).headers["location"] == "/sign-in"


def test_turning_the_second_step_off_takes_the_password(visitor: Visitor, maria: str) -> None:
    sign_in(visitor)
    enrol(visitor)
    assert visitor.post("/account/two-step/off", {"password": "a guess at it"}).status_code == 400
    assert visitor.post("/account/two-step/off", {"password": PASSWORD}).status_code == 303
    visitor.post("/sign-out")
    sign_in(visitor)
    assert whoami(visitor) == "Maria Okoth"
