"""Accounts from the command line: the first admin, and people who are locked out."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from according.cli import according
from according.store.people import open_people
from according.store.people.accounts import account_called, matches
from according.store.people.audit import entries
from according.store.people.passwords import account_of_link, known

PASSWORD = "seven calm herons wade"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'people.db'}"


def call(url: str, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(according, ["user", *words, "--people-url", url], input=typed)


def test_the_first_admin_is_made_and_can_sign_in(url: str) -> None:
    result = call(url, "add", "Ada", "--role", "admin", "--email", "ada@example.org", typed=f"{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    with open_people(url).read() as connection:
        found = known(connection, "ada")
        noted = [entry.what for entry in entries(connection)]
    assert found
    assert found.account.role == "admin"
    assert matches(found.password, PASSWORD)
    assert noted == ["account.add"]


def test_a_link_lets_the_owner_choose_the_password(url: str) -> None:
    result = call(url, "add", "Ben", "--role", "coder", "--email", "ben@example.org", "--link")
    token = result.output.rpartition("token=")[2].strip()
    with open_people(url).read() as connection:
        account = account_of_link(connection, token)
    assert account
    assert account.name == "Ben"


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (("add", "Ada", "--role", "admin", "--email", "ada@example.org"), "short\n", "at least 12 characters"),
        (("add", "Ada", "--role", "admin", "--email", "nowhere"), f"{PASSWORD}\n", "no e-mail address"),
        (("role", "Nobody", "--role", "coder"), "", "no people's database"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(url: str, words: tuple[str, ...], typed: str, said: str) -> None:
    result = call(url, *words, typed=typed)
    assert result.exit_code != 0
    assert said in str(result.exception)


def test_a_folder_that_cannot_be_made_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    url = f"sqlite:///{tmp_path / 'file' / 'people.db'}"
    result = call(url, "add", "Ada", "--role", "admin", "--email", "ada@example.org", "--link")
    assert "cannot be kept in" in str(result.exception)


def test_the_last_admin_cannot_be_locked_out(url: str) -> None:
    call(url, "add", "Ada", "--role", "admin", "--email", "ada@example.org", typed=f"{PASSWORD}\n")
    assert "needs an admin" in str(call(url, "lock", "Ada").exception)
    assert "needs an admin" in str(call(url, "role", "Ada", "--role", "reader").exception)
    call(url, "add", "Ben", "--role", "admin", "--email", "ben@example.org", "--link")
    assert call(url, "lock", "ada@example.org").exit_code == 0
    with open_people(url).read() as connection:
        ada = account_called(connection, "Ada")
    assert ada
    assert ada.disabled
