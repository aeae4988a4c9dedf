"""The second step of signing in: a code that changes every 30 seconds, or a recovery code of one use.

What an authenticator is given is made from the site's secret and a seed, and only the seed is kept here: who gets hold
of the database has no second step with it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time

import pyotp
import sqlalchemy as sa

from according.store.people.accounts import ACCOUNT
from according.store.people.engine import TABLES, creates
from according.store.people.sessions import token_hash

STEP_SECONDS = 30
RECOVERY_CODES = 10

RECOVERY = sa.Table(
    "recovery_code",
    TABLES,
    sa.Column("account", sa.ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("code_hash", sa.String(64), primary_key=True),
)
creates("0006_recovery_codes", RECOVERY)


def new_seed() -> str:
    """What is kept of a new second step."""
    return secrets.token_hex(16)


def shared_secret(site_secret: str, seed: str) -> str:
    """What an authenticator is given, in base 32."""
    return base64.b32encode(hmac.digest(site_secret.encode(), b"totp:" + seed.encode(), hashlib.sha1)).decode()


def step_of(shared: str, code: str, at: float | None = None) -> int | None:
    """The time step whose code this is: the present one, or the one before or after it for clocks that differ."""
    totp, present = pyotp.TOTP(shared), int((time.time() if at is None else at) // STEP_SECONDS)
    typed = "".join(code.split())
    steps = [step for step in (present - 1, present, present + 1) if _same(totp.generate_otp(step), typed)]
    return steps[0] if steps else None


def use_step(connection: sa.Connection, account_id: str, step: int) -> bool:
    """Accept the code of a time step; false when that or a later one was accepted before."""
    unused = (ACCOUNT.c.id == account_id) & (ACCOUNT.c.totp_used < step)
    return connection.execute(ACCOUNT.update().where(unused).values(totp_used=step)).rowcount == 1


def turn_on(connection: sa.Connection, account_id: str, seed: str) -> list[str]:
    """Ask for a second step from now on; gives the recovery codes, which are not kept."""
    connection.execute(ACCOUNT.update().where(ACCOUNT.c.id == account_id).values(totp_seed=seed))
    return new_recovery_codes(connection, account_id)


def turn_off(connection: sa.Connection, account_id: str) -> None:
    """Ask for no second step any more."""
    connection.execute(ACCOUNT.update().where(ACCOUNT.c.id == account_id).values(totp_seed=None))
    connection.execute(RECOVERY.delete().where(RECOVERY.c.account == account_id))


def new_recovery_codes(connection: sa.Connection, account_id: str) -> list[str]:
    """Ten new recovery codes in the place of all earlier ones."""
    connection.execute(RECOVERY.delete().where(RECOVERY.c.account == account_id))
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    connection.execute(RECOVERY.insert(), [{"account": account_id, "code_hash": _kept(code)} for code in codes])
    return codes


def use_recovery_code(connection: sa.Connection, account_id: str, code: str) -> bool:
    """Use a recovery code up; false when it is none, or was used."""
    one = (RECOVERY.c.account == account_id) & (RECOVERY.c.code_hash == _kept(code))
    return connection.execute(RECOVERY.delete().where(one)).rowcount == 1


def recovery_codes_left(connection: sa.Connection, account_id: str) -> int:
    """How many recovery codes were not used yet."""
    wanted = sa.select(sa.func.count()).select_from(RECOVERY).where(RECOVERY.c.account == account_id)
    return connection.execute(wanted).scalar_one()


def _recovery_code() -> str:
    letters = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def _kept(code: str) -> str:
    return token_hash("".join(code.lower().replace("-", "").split()))


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
