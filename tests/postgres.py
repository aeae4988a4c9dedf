"""A real PostgreSQL server for contract tests, started once and stopped at the end."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg
import pytest

from according.store.people import open_people

PROGRAMS = Path("/usr/lib/postgresql")
IN_MEMORY = Path("/dev/shm")
"""Where a database of many small files is made and removed at once; on some disks removing alone takes a minute."""
ROOM = 1_000_000_000


@dataclass(frozen=True)
class Postgres:
    """A running server that trusts this machine."""

    port: int

    def new_database(self, like: str = "template1") -> str:
        """Make a database with nothing in it, or a copy of one to which nobody is connected, and give its address."""
        name = f"people_{secrets.token_hex(6)}"
        self._tell(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def people_database(self) -> str:
        """Make a people's database with nobody in it, a copy of the first that was asked for."""
        return self.new_database(self._first_people)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is connected to it."""
        self._tell(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')

    @cached_property
    def _first_people(self) -> str:
        url = self.new_database()
        open_people(url).close()
        return url.rpartition("/")[2]

    def _tell(self, statement: str) -> None:
        url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def run_postgres() -> Iterator[Postgres]:
    """The server, stopped at the end; skips when Debian's package postgresql is not installed."""
    programs = sorted(PROGRAMS.glob("*/bin/initdb"))
    if not programs:
        pytest.skip(f"PostgreSQL is not installed in {PROGRAMS}")
    folder = Path(tempfile.mkdtemp(prefix="according-postgres-", dir=IN_MEMORY if _has_room() else "/tmp"))
    user = _other_user(folder)
    data, initdb = folder / "data", programs[-1]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c full_page_writes=off -c max_connections=60"
    control = [str(initdb.with_name("pg_ctl")), "-D", str(data), "-w", "-s"]
    try:
        _call([str(initdb), "-D", str(data), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"], user)
        _call([*control, "-l", str(folder / "log"), "-o", options, "start"], user)
        yield Postgres(port)
        _call([*control, "-m", "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _has_room() -> bool:
    return os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM


def _other_user(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root; Debian's package makes a user for it."""
    if os.geteuid() != 0:
        return None
    known = pwd.getpwnam("postgres")
    os.chown(folder, known.pw_uid, known.pw_gid)
    return "postgres"


def _call(command: list[str], user: str | None) -> None:
    subprocess.run(command, check=True, user=user, stdout=subprocess.DEVNULL, cwd="/tmp", timeout=120)
