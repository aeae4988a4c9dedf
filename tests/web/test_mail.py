"""Letters reach a real mail server, come again when it was away, and are given up when it refuses them for good."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
import sqlalchemy as sa

from according.store.people import People
from according.store.people.audit import entries
from according.store.people.clock import now
from according.store.people.outbox import LETTER, queue
from according.web.mail import PostOffice, mailer

aiosmtpd = pytest.importorskip("aiosmtpd.controller", reason="aiosmtpd is not installed")
SENDER = "The Desk <desk@example.org>"


class Postbox:
    """Takes letters, but none for nobody@example.org."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001, N802
        if address.startswith("nobody@"):
            return "550 nobody lives here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001, N802
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found: int = free.getsockname()[1]
    return found


@pytest.fixture
def postbox(port: int) -> Iterator[Postbox]:
    taker = Postbox()
    server = aiosmtpd.Controller(taker, hostname="127.0.0.1", port=port)
    server.start()
    yield taker
    server.stop()


def office(people: People, port: int) -> PostOffice:
    return PostOffice(people, mailer(f"smtp://127.0.0.1:{port}?starttls=no"), SENDER)


def write(people: People, to: str) -> None:
    with people.write() as connection:
        headers = {"List-Unsubscribe": "<https://example.org/u>"}
        queue(
            connection,
            to,
            "New comments on “Derna” – ليلى",
            "Leila wrote:\n\n> كنت هناك\n.\nfrom the end",
            "test",
            headers,
        )


def test_a_letter_arrives_as_it_was_written_and_once(people: People, port: int, postbox: Postbox) -> None:
    write(people, "leila@example.org")
    assert office(people, port).send_due() == 1
    assert office(people, port).send_due() == 0
    [letter] = postbox.letters
    assert letter["Subject"] == "New comments on “Derna” – ليلى"
    assert letter["List-Unsubscribe"] == "<https://example.org/u>"
    assert letter.get_content().replace("\r\n", "\n").strip() == "Leila wrote:\n\n> كنت هناك\n.\nfrom the end"
    with people.read() as connection:
        assert connection.scalar(sa.select(LETTER.c.text)) == ""


def test_a_letter_that_nobody_takes_is_given_up_and_noted(people: People, port: int, postbox: Postbox) -> None:
    write(people, "nobody@example.org")
    assert office(people, port).send_due() == 0
    assert postbox.letters == []
    with people.read() as connection:
        row = connection.execute(sa.select(LETTER)).one()
        assert (row.due, row.text) == (None, "")
        assert "550" in row.trouble
        assert [one.what for one in entries(connection)] == ["mail.given_up"]


def test_a_server_that_is_away_is_tried_again(people: People, port: int) -> None:
    write(people, "leila@example.org")
    assert office(people, port).send_due() == 0
    with people.write() as connection:
        row = connection.execute(sa.select(LETTER)).one()
        assert row.due > now()
        assert row.text
        connection.execute(LETTER.update().values(due=now(-1)))
    taker = Postbox()
    server = aiosmtpd.Controller(taker, hostname="127.0.0.1", port=port)
    server.start()
    try:
        assert office(people, port).send_due() == 1
    finally:
        server.stop()
    assert len(taker.letters) == 1


def test_a_server_without_a_secure_line_gets_no_letter_unless_told(people: People, port: int, postbox: Postbox) -> None:
    write(people, "leila@example.org")
    assert PostOffice(people, mailer(f"smtp://127.0.0.1:{port}"), SENDER).send_due() == 0
    assert postbox.letters == []
