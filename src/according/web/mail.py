"""Sending what is in the outbox: over SMTP, into a folder, or onto the console."""

from __future__ import annotations

import smtplib
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import structlog
from sqlalchemy.exc import SQLAlchemyError

from according.errors import AccordingError, UsageError
from according.store.people import People
from according.store.people.audit import record
from according.store.people.outbox import Letter, failed, forget_letters, is_any_due, sent, take_due

SECONDS_BETWEEN = 3
SMTP_SECONDS = 30
Send = Callable[[EmailMessage], None]


class RefusedError(Exception):
    """A letter will never be taken: nobody lives there, or it is no letter."""


def mailer(url: str) -> Send:
    """What sends letters to an address; raises UsageError when it is none.

    Addresses are ``smtp://[name:password@]host[:port][?starttls=no]``, ``smtps://…``, ``file:///folder``, ``console:``.
    Over ``smtp://``, the connection is made secure and its certificate checked, unless told not to.
    """
    parts = urlsplit(url)
    if parts.scheme == "console":
        return _to_console
    if parts.scheme == "file" and parts.path:
        folder = Path(unquote(parts.path))
        return lambda message: _to_folder(folder, message)
    if parts.scheme in {"smtp", "smtps"} and parts.hostname:
        return lambda message: _to_server(parts, message)
    raise UsageError("ACCORDING_MAIL_URL is none of smtp://host, smtps://host, file:///folder and console:")


def message_of(letter: Letter, sender: str) -> EmailMessage:
    """The letter as it is sent; raises RefusedError when something in it cannot stand in a header."""
    message = EmailMessage()
    try:
        message["From"], message["To"], message["Subject"] = sender, letter.recipient, letter.subject
        for name, value in letter.headers.items():
            message[name] = value
    except (ValueError, IndexError) as error:
        raise RefusedError(str(error)) from error
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].rstrip(">") or None)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


class PostOffice:
    """Sends what is due, again and again, in a thread of its own."""

    def __init__(self, people: People, send: Send, sender: str) -> None:
        self._people, self._send, self._sender = people, send, sender
        self._stop = threading.Event()

    @contextmanager
    def open(self) -> Iterator[None]:
        """Send while this lasts; a letter that is being sent at the end is waited for."""
        thread = threading.Thread(target=self._work, name="post office", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join(SMTP_SECONDS)

    def send_due(self) -> int:
        """Send what is due now; gives how many letters were handed over."""
        with self._people.read() as connection:
            if not is_any_due(connection):
                return 0
        with self._people.write() as connection:
            forget_letters(connection)
            letters = take_due(connection)
        return sum(self._send_one(letter) for letter in letters)

    def _send_one(self, letter: Letter) -> bool:
        trouble, for_good = "", False
        try:
            self._send(message_of(letter, self._sender))
        except RefusedError as error:
            trouble, for_good = str(error), True
        except (OSError, smtplib.SMTPException) as error:
            trouble = f"{type(error).__name__}: {error}"
        with self._people.write() as connection:
            if not trouble:
                sent(connection, letter)
            elif not failed(connection, letter, trouble, for_good=for_good):
                record(connection, None, "mail.given_up", str(letter.number), f"{letter.kind}: {trouble[:200]}")
        if trouble:
            structlog.get_logger().warning("a letter was not sent", kind=letter.kind, reason=trouble)
        return not trouble

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                more = self.send_due()
            except (AccordingError, SQLAlchemyError) as error:
                structlog.get_logger().error("the outbox cannot be read", reason=str(getattr(error, "orig", error)))
                more = 0
            if not more:
                self._stop.wait(SECONDS_BETWEEN)


def _to_console(message: EmailMessage) -> None:
    print(f"--- a letter ---\n{message.as_string()}\n---", file=sys.stderr, flush=True)  # noqa: T201  # what it is for


def _to_folder(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = message["Message-ID"].strip("<>").replace("/", "_")
    new = folder / f".{name}"
    new.write_bytes(message.as_bytes())
    new.replace(folder / f"{name}.eml")


def _to_server(server: SplitResult, message: EmailMessage) -> None:
    try:
        with _connected(server) as connection:
            if server.username:
                connection.login(unquote(server.username), unquote(server.password or ""))
            connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        if code >= 500:
            raise RefusedError(f"{code} {reason.decode(errors='replace')}") from error
        raise


def _connected(server: SplitResult) -> smtplib.SMTP:
    host, context = server.hostname or "", ssl.create_default_context()
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, server.port or 465, timeout=SMTP_SECONDS, context=context)
    connection = smtplib.SMTP(host, server.port or 587, timeout=SMTP_SECONDS)
    if parse_qs(server.query).get("starttls") != ["no"]:
        try:
            connection.starttls(context=context)
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
    return connection
