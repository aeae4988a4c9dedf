"""Who may do what: accounts with a role and a password that only a slow hash remembers."""

from __future__ import annotations

import re
import secrets
import threading
import unicodedata
from dataclasses import dataclass
from typing import Literal, get_args

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from according.errors import UsageError
from according.store.people.clock import now
from according.store.people.engine import TABLES, creates

Role = Literal["reader", "coder", "moderator", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
POWERS: dict[Role, frozenset[Role]] = {
    "reader": frozenset({"reader"}),
    "coder": frozenset({"reader", "coder"}),
    "moderator": frozenset({"reader", "moderator"}),
    "editor": frozenset({"reader", "coder", "moderator", "editor"}),
    "admin": frozenset(ROLES),
}
"""What each role may act as: an editor is also a coder and a moderator, an admin is everything."""

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 1000
ACCOUNT = sa.Table(
    "account",
    TABLES,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("name_key", sa.String(80), nullable=False, unique=True),
    sa.Column("email", sa.String(254), nullable=False, unique=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("password", sa.String(200)),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("created", sa.String(24), nullable=False),
    sa.Column("totp_seed", sa.String(64)),
    sa.Column("totp_used", sa.BigInteger, nullable=False),
)
"""``password`` is an argon2 hash, null until an invitation is taken up; ``totp_used`` is the last step accepted."""
creates("0001_accounts", ACCOUNT)

_HASHER = PasswordHasher()
_HASHES_AT_ONCE = threading.Semaphore(2)
_NO_PASSWORD = _HASHER.hash(secrets.token_hex(16))
"""Checked against when there is no account, so that both answers take as long."""
_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]{1,64}@[^@\s<>,;:\"()\[\]\\]+\.[^@\s<>,;:\"()\[\]\\.]+")


@dataclass(frozen=True)
class Account:
    """Someone who can sign in. ``id`` never changes; ``name`` is shown with what they write."""

    id: str
    name: str
    email: str
    role: Role
    disabled: bool = False
    two_step: bool = False

    def may(self, role: Role) -> bool:
        """Whether this account may act as ``role``."""
        return not self.disabled and role in POWERS[self.role]


def account_of_row(row: sa.Row[tuple[object, ...]]) -> Account:
    """An account from a row that has all of ACCOUNT's columns."""
    at = row._mapping  # noqa: SLF001  # SQLAlchemy's public name for columns by key
    return Account(
        id=at["id"],
        name=at["name"],
        email=at["email"],
        role=at["role"],
        disabled=at["disabled"],
        two_step=at["totp_seed"] is not None,
    )


def add_account(connection: sa.Connection, name: str, email: str, role: Role, password: str | None = None) -> Account:
    """Add an account; without a password it can only be entered by the link of an invitation.

    Raises UsageError when a name, address or password will not do, or is taken.
    """
    name, email = acceptable_name(name), acceptable_email(email)
    if role not in ROLES:
        raise UsageError(f"{role} is no role; there are {', '.join(ROLES)}")
    _refuse_taken(connection, name, email)
    account = Account(id=secrets.token_hex(8), name=name, email=email, role=role)
    connection.execute(
        ACCOUNT.insert().values(
            id=account.id,
            name=name,
            name_key=name_key(name),
            email=email,
            role=role,
            password=None if password is None else hash_password(password),
            disabled=False,
            created=now(),
            totp_used=0,
        )
    )
    return account


def account_by_id(connection: sa.Connection, account_id: str) -> Account | None:
    """The account of that id, disabled or not."""
    row = connection.execute(sa.select(ACCOUNT).where(ACCOUNT.c.id == account_id)).first()
    return None if row is None else account_of_row(row)


def account_called(connection: sa.Connection, name: str) -> Account | None:
    """The account of that name or e-mail address, upper or lower case, disabled or not."""
    row = connection.execute(sa.select(ACCOUNT).where(is_called(name))).first()
    return None if row is None else account_of_row(row)


def is_called(name: str) -> sa.ColumnElement[bool]:
    """The condition that an account has a name or e-mail address, however it is written."""
    key = name_key(name)
    return (ACCOUNT.c.name_key == key) | (ACCOUNT.c.email == key)


def name_key(name: str) -> str:
    """What two ways of writing the same name have in common."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def accounts(connection: sa.Connection) -> list[Account]:
    """Every account, by name."""
    return [account_of_row(row) for row in connection.execute(sa.select(ACCOUNT).order_by(ACCOUNT.c.name_key))]


def change_account(
    connection: sa.Connection, account_id: str, *, role: Role | None = None, disabled: bool | None = None
) -> None:
    """Change what an account may do; raises UsageError rather than leave the site without an admin."""
    working = (ACCOUNT.c.role == "admin") & sa.not_(ACCOUNT.c.disabled)
    admins: set[str] = set(connection.scalars(sa.select(ACCOUNT.c.id).where(working).with_for_update()))
    stays = role in {None, "admin"} and not disabled
    if admins == {account_id} and not stays:
        raise UsageError("the site needs an admin; make somebody else one first")
    values = {key: value for key, value in {"role": role, "disabled": disabled}.items() if value is not None}
    connection.execute(ACCOUNT.update().where(ACCOUNT.c.id == account_id).values(**values))


def rename_account(connection: sa.Connection, account_id: str, name: str, email: str) -> None:
    """Change what an account is called and where its letters go; raises UsageError when one is taken or will not do."""
    name, email = acceptable_name(name), acceptable_email(email)
    _refuse_taken(connection, name, email, but=account_id)
    values = {"name": name, "name_key": name_key(name), "email": email}
    connection.execute(ACCOUNT.update().where(ACCOUNT.c.id == account_id).values(**values))


def acceptable_name(name: str) -> str:
    """A name without needless spaces; raises UsageError when it will not do."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not 1 <= len(name) <= 80 or "@" in name or not name.isprintable():
        raise UsageError("a name has 1 to 80 characters and no @")
    return name


def acceptable_email(email: str) -> str:
    """An address in lower case; raises UsageError when it is none."""
    email = email.strip().casefold()
    if len(email) > 254 or not _EMAIL.fullmatch(email) or not email.isprintable():
        raise UsageError("that is no e-mail address")
    return email


def hash_password(password: str) -> str:
    """What may be kept of a password; raises UsageError when it is too short or too long."""
    if len(password) < SHORTEST_PASSWORD:
        raise UsageError(f"a password has at least {SHORTEST_PASSWORD} characters")
    if len(password) > LONGEST_PASSWORD:
        raise UsageError(f"a password has at most {LONGEST_PASSWORD} characters")
    with _HASHES_AT_ONCE:
        return _HASHER.hash(password)


def is_outdated(kept: str) -> bool:
    """Whether a password's hash was made with less work than is asked for today."""
    return _HASHER.check_needs_rehash(kept)


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one whose hash is kept; takes as long when there is none."""
    with _HASHES_AT_ONCE:
        try:
            return _HASHER.verify(kept or _NO_PASSWORD, password[:LONGEST_PASSWORD]) and kept is not None
        except (Argon2Error, InvalidHashError):
            return False


def _refuse_taken(connection: sa.Connection, name: str, email: str, but: str = "") -> None:
    same = (ACCOUNT.c.name_key == name_key(name)) | (ACCOUNT.c.email == email)
    if connection.execute(sa.select(ACCOUNT.c.id).where(same, ACCOUNT.c.id != but)).first() is not None:
        raise UsageError(f"there is an account called {name} or with the address {email} already")
