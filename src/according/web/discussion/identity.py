"""Who a reader is to the discussion: hashes under the site's secret, from which nobody can be told."""

from __future__ import annotations

import hashlib
import hmac
import re

from fastapi import Request
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from according.errors import UsageError
from according.web.accounts.current import current
from according.web.guard.address import address_of
from according.web.guard.cookies import known_visitor, visitor
from according.web.room import Room, room_of

_MAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]{1,64}@[^@\s<>,;:\"()\[\]\\]+\.[^@\s<>,;:\"()\[\]\\.]{2,}")


def keyed(room: Room, *parts: str) -> str:
    """A hash that only this site can make: the same parts give the same, and it gives none of them away."""
    message = "\0".join(parts).encode()
    return hmac.new(b"discussion:" + room.secret.encode(), message, hashlib.sha256).hexdigest()[:32]


def known_reader(request: Request) -> str | None:
    """The reader's hash, when the browser is known from before or somebody is signed in."""
    account = current(request)
    known = f"account {account.id}" if account else known_visitor(request)
    return keyed(room_of(request), "reader", known) if known else None


def reader(request: Request) -> str:
    """The reader's hash; a browser that has no name yet is given one."""
    return known_reader(request) or keyed(room_of(request), "reader", visitor(request))


def voter(room: Room, reader_hash: str, comment: str) -> str:
    """A reader's hash for one comment: votes on two comments cannot be told to be the same reader's."""
    return keyed(room, "voter", reader_hash, comment)


def net(request: Request) -> str:
    """The hash of the network that a request comes from."""
    return keyed(room_of(request), "net", address_of(request))


def mail_hash(room: Room, address: str) -> str:
    """The hash of a mailbox, however its address is written."""
    return keyed(room, "mail", address.strip().casefold())


def mail_address(said: str) -> str | None:
    """An address of mail as typed, None when the field was left empty; raises UsageError for what is none."""
    address = said.strip()
    if not address:
        return None
    if len(address) > 254 or not address.isprintable() or not _MAIL.fullmatch(address):
        raise UsageError("this is no address of mail; leave the field empty if you do not want to give one")
    return address


def sign(room: Room, purpose: str, what: str) -> str:
    """A token for addresses in letters: only this site can make it, and it holds for one purpose."""
    return _signer(room, purpose).dumps(what)


def signed(room: Room, purpose: str, token: str, hours: float | None = None) -> str:
    """What a token was made of; raises UsageError when it is not one of ours, or too old."""
    try:
        what = _signer(room, purpose).loads(token, max_age=None if hours is None else int(hours * 3600))
    except SignatureExpired as error:
        raise UsageError("this link is too old; ask for a new one") from error
    except BadSignature as error:
        raise UsageError("this link is not whole; open it as it stands in the letter") from error
    return str(what)


def _signer(room: Room, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(room.secret, salt=f"discussion {purpose}")
