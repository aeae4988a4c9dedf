"""The letters that accounts get. Each says why it came and what to do when it should not have."""

from __future__ import annotations

import sqlalchemy as sa

from according.store.people.accounts import Account
from according.store.people.outbox import queue
from according.store.people.passwords import make_link
from according.web.room import Room


def invite(connection: sa.Connection, room: Room, account: Account) -> str:
    """Send the link by which a new account gets its password; gives the link."""
    link = f"{room.address}/password/set?token={make_link(connection, account.id, 'invitation')}"
    text = (
        f"Hello {account.name},\n\nyou have an account at {room.name}, with the role of {account.role}.\n"
        f"Choose your password within a week here:\n\n{link}\n\n"
        "If you know nothing of this, no account can be used without the link; you can ignore this letter.\n"
    )
    queue(connection, account.email, f"Your account at {room.name}", text, "invitation")
    return link


def offer_reset(connection: sa.Connection, room: Room, account: Account) -> None:
    """Send the link by which a forgotten password is replaced."""
    link = f"{room.address}/password/set?token={make_link(connection, account.id, 'reset')}"
    text = (
        f"Hello {account.name},\n\nsomebody, probably you, has forgotten the password of your account at {room.name}.\n"
        f"Choose a new one within the hour here:\n\n{link}\n\n"
        "If it was not you, nothing has changed and you can ignore this letter.\n"
    )
    queue(connection, account.email, f"A new password at {room.name}", text, "password-reset")


def ask_about_address(connection: sa.Connection, room: Room, account: Account, address: str, token: str) -> None:
    """Send the link that confirms a new e-mail address, to that address."""
    text = (
        f"Hello {account.name},\n\nletters from {room.name} are to come to this address from now on.\n"
        f"Confirm that it is yours within the hour here:\n\n{room.address}/account/address?token={token}\n\n"
        "If you know nothing of this, ignore this letter; it stays as it was.\n"
    )
    queue(connection, address, f"Confirm your address at {room.name}", text, "address")


def warn(connection: sa.Connection, room: Room, account: Account, what: str) -> None:
    """Tell an account's owner about a change that somebody else might have made."""
    text = (
        f"Hello {account.name},\n\nof your account at {room.name}: {what}.\n\n"
        f"If it was not you, set a new password at once:\n\n{room.address}/password/forgotten\n"
    )
    queue(connection, account.email, f"Your account at {room.name}: {what}", text, "account-change")
