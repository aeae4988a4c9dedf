"""``according user``: accounts from the command line; the first admin is made here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from according.cli.people_url import existing, people_url_option, wanted, with_folder
from according.errors import UsageError
from according.settings import load_site_settings
from according.store.people import People, open_people
from according.store.people import accounts as store
from according.store.people.accounts import ROLES, Account, Role
from according.store.people.audit import record
from according.store.people.passwords import make_link, set_password
from according.store.people.sessions import end_sessions
from according.store.people.two_step import turn_off


@click.group()
def user() -> None:
    """Add accounts, change their roles, lock them, and let people in who are locked out."""


link_option = click.option("--link", is_flag=True, help="Print a link by which the owner chooses a password.")


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--email", required=True, help="Where the account's letters go; it also signs in.")
@link_option
@people_url_option
def add(name: str, role: Role, email: str, people_url: str | None, *, link: bool) -> None:
    """Add an account called NAME; asks for the password, or reads its line from standard input."""
    url = with_folder(wanted(people_url))
    hashed = None if link else store.hash_password(_ask_password())
    with _open(url) as people, people.write() as connection:
        account = store.add_account(connection, name, email, role)
        if hashed is not None:
            set_password(connection, account.id, hashed)
        record(connection, None, "account.add", account.id, f"{account.name} as {role}, by command line")
        token = make_link(connection, account.id, "invitation") if link else None
    click.echo(f"{account.name} may sign in as {role}")
    _print_link(token)


@user.command("list")
@people_url_option
def list_accounts(people_url: str | None) -> None:
    """List the accounts."""
    with _open(existing(people_url)) as people, people.read() as connection:
        accounts = store.accounts(connection)
        for one in accounts:
            signs = [one.role, *(["second step"] if one.two_step else []), *(["locked"] if one.disabled else [])]
            click.echo(f"{one.name}  {one.email}  {', '.join(signs)}")
        if not accounts:
            click.echo("nobody has an account yet; `according user add` adds one")


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True)
@people_url_option
def role(name: str, role: Role, people_url: str | None) -> None:
    """Change the role of NAME."""
    with _open(existing(people_url)) as people, people.write() as connection:
        account = _called(people, name)
        store.change_account(connection, account.id, role=role)
        record(connection, None, "account.role", account.id, f"{account.role} to {role}, by command line")
    click.echo(f"{account.name} is {role} now")


@user.command()
@click.argument("name")
@click.option("--off", is_flag=True, help="Unlock it again.")
@people_url_option
def lock(name: str, people_url: str | None, *, off: bool) -> None:
    """Lock the account of NAME and end its sessions."""
    with _open(existing(people_url)) as people, people.write() as connection:
        account = _called(people, name)
        store.change_account(connection, account.id, disabled=not off)
        end_sessions(connection, account.id)
        record(connection, None, "account.unlock" if off else "account.lock", account.id, "by command line")
    click.echo(f"{account.name} is {'unlocked' if off else 'locked'}")


@user.command()
@click.argument("name")
@link_option
@people_url_option
def password(name: str, people_url: str | None, *, link: bool) -> None:
    """Set the password of NAME, which ends its sessions; asks for it, or reads its line from standard input."""
    with _open(existing(people_url)) as people:
        account = _called(people, name)
        hashed = None if link else store.hash_password(_ask_password())
        with people.write() as connection:
            if hashed is not None:
                set_password(connection, account.id, hashed)
            token = make_link(connection, account.id, "reset") if link else None
            what = "account.link_made" if link else "account.password_set"
            record(connection, None, what, account.id, "by command line")
    if hashed is not None:
        click.echo(f"the password of {account.name} is set")
    _print_link(token)


@user.command("second-step-off")
@click.argument("name")
@people_url_option
def second_step_off(name: str, people_url: str | None) -> None:
    """Let NAME sign in without the second step, when the device is lost."""
    with _open(existing(people_url)) as people, people.write() as connection:
        account = _called(people, name)
        turn_off(connection, account.id)
        record(connection, None, "account.two-step-off", account.id, "by command line")
    click.echo(f"{account.name} signs in by password alone now")


@contextmanager
def _open(url: str) -> Iterator[People]:
    people = open_people(url)
    try:
        yield people
    finally:
        people.close()


def _called(people: People, name: str) -> Account:
    with people.read() as connection:
        account = store.account_called(connection, name)
    if account is None:
        raise UsageError(f"nobody is called {name}; `according user list` shows who there is")
    return account


def _ask_password() -> str:
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _print_link(token: str | None) -> None:
    if token is not None:
        address = load_site_settings().address or "http://127.0.0.1:8000"
        click.echo(f"{address}/password/set?token={token}")
