"""Passwords are set by a link of one use that came by mail, and every session ends when one is."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from tests.web.accounts.conftest import PASSWORD
from tests.web.conftest import Visitor

from according.store.people.accounts import add_account, hash_password
from according.store.people.outbox import LETTER
from according.store.people.passwords import set_password
from according.store.people.sessions import start_session
from according.web.room import Room

NEW = "eleven quiet lanterns hum"


@pytest.fixture
def maria(room: Room) -> str:
    with room.people.write() as connection:
        account = add_account(connection, "Maria", "maria@example.org", "editor")
        set_password(connection, account.id, hash_password(PASSWORD))
        return account.id


def signed_in(room: Room, account: str) -> Visitor:
    """A browser in which somebody is signed in."""
    visitor = Visitor(room)
    with room.people.write() as connection:
        visitor.have_cookie("session", start_session(connection, account, "192.0.2.0/24", "test"))
    return visitor


def letters(room: Room) -> list[str]:
    with room.people.read() as connection:
        return list(connection.scalars(sa.select(LETTER.c.text).order_by(LETTER.c.number)))


def token(room: Room) -> str:
    found = re.search(r"/password/set\?token=([\w-]+)", letters(room)[0])
    assert found
    return found[1]


def test_a_forgotten_password_is_set_by_a_link_of_one_use_and_ends_every_session(
    visitor: Visitor, room: Room, maria: str
) -> None:
    elsewhere = signed_in(room, maria)
    assert elsewhere.get("/account").status_code == 200
    visitor.post("/password/forgotten", {"name": "maria@example.org"})
    form = {"token": token(room), "password": NEW, "again": NEW}
    assert visitor.get(f"/password/set?token={form['token']}").status_code == 200
    assert visitor.post("/password/set", {**form, "again": "another"}).status_code == 400
    assert visitor.post("/password/set", form).status_code == 303
    assert elsewhere.get("/account").status_code == 303
    assert visitor.post("/password/set", form).status_code == 410
    assert visitor.post("/sign-in", {"name": "Maria", "password": PASSWORD}).status_code != 303
    assert visitor.post("/sign-in", {"name": "Maria", "password": NEW}).status_code == 303
    assert "the password was changed" in letters(room)[1]


def test_asking_for_a_link_does_not_say_who_has_an_account(visitor: Visitor, room: Room, maria: str) -> None:
    known = visitor.post("/password/forgotten", {"name": "maria@example.org"})
    unknown = visitor.post("/password/forgotten", {"name": "nobody@example.org"})
    plain = [re.sub(r'value="[^"]*"', "", one.text) for one in (known, unknown)]
    assert plain[0] == plain[1]
    assert len(letters(room)) == 1


def test_changing_the_password_ends_the_other_sessions(room: Room, maria: str) -> None:
    here, elsewhere = signed_in(room, maria), signed_in(room, maria)
    wrong = here.post("/account/password", {"password": "not this", "new": NEW, "again": NEW})
    assert wrong.status_code in {400, 403, 422}
    assert elsewhere.get("/account").status_code == 200
    done = here.post("/account/password", {"password": PASSWORD, "new": NEW, "again": NEW})
    assert done.status_code == 303, done.text
    assert elsewhere.get("/account").status_code == 303
    assert here.get("/account").status_code == 200
