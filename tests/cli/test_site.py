"""A desk from the command line: served, backed up while it runs, lost, and restored into another place."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner

from according.cli import according
from according.store.people import open_people
from according.store.people.accounts import accounts

START = "import sys; from according.cli import according; according(sys.argv[1:])"


def call(*words: str, typed: str = "") -> str:
    result = CliRunner().invoke(according, list(words), input=typed)
    assert result.exit_code == 0, result.output
    return result.output


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The site of a folder, at the address that it says; ended as a service manager ends it."""
    environment = {**os.environ, "ACCORDING_DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", START, "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        line = server.stdout.readline()
        yield line.removeprefix("The site is at ").strip()
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0


def answer(address: str, path: str) -> httpx2.Response:
    for _ in range(100):
        try:
            return httpx2.get(f"{address}{path}", timeout=10)
        except httpx2.TransportError:
            continue
    raise AssertionError("the site did not answer")


def test_a_desk_is_served_backed_up_and_restored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, other = tmp_path / "desk", tmp_path / "other"
    monkeypatch.setenv("ACCORDING_DATA_DIR", str(desk))
    call("user", "add", "Ada", "--role", "admin", "--email", "ada@example.org", typed="seven calm herons wade\n")
    copy = tmp_path / "people.according"
    with served(desk) as address:
        assert "Nothing has been read yet" in answer(address, "/").text
        call("backup", str(copy))
    assert copy.stat().st_mode & 0o077 == 0
    (desk / "people.db").unlink()
    url = f"sqlite:///{other / 'people.db'}"
    other.mkdir()
    assert "rows restored" in call("restore", str(copy), "--people-url", url)
    with open_people(url).read() as connection:
        assert [one.name for one in accounts(connection)] == ["Ada"]
    refused = CliRunner().invoke(according, ["restore", str(copy), "--people-url", url])
    assert "is there already" in str(refused.exception)
    call("restore", str(copy), "--replace", "--people-url", url)
    kept = [one for one in other.iterdir() if ".before-" in one.name and not one.name.endswith(("-wal", "-shm"))]
    assert len(kept) == 1
    with sqlite3.connect(kept[0]) as connection:
        assert connection.execute("SELECT name FROM account").fetchall() == [("Ada",)]
