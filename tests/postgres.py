"""A real PostgreSQL server for contract tests, started once and stopped at the end."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
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
STARTING_SECONDS = 60


@dataclass(frozen=True)
class Postgres:
    """A server that trusts this machine, in a folder of its own, run by ``user``."""

    folder: Path
    programs: Path
    port: int
    user: str | None

    def start(self) -> None:
        """Start the server and wait until it answers, as often as one that was killed has left something behind."""
        until = time.monotonic() + STARTING_SECONDS
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c full_page_writes=off -c max_connections=60"
        while not self._control("-l", str(self.folder / "log"), "-o", f"{options} -c fsync=off", "start"):
            assert time.monotonic() < until, (self.folder / "log").read_text(errors="replace")
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop the server, whoever is connected."""
        self._control("-m", "immediate", "stop")

    def kill(self) -> None:
        """Kill the server as ``kill -9`` does; what it was running ends as it notices."""
        os.kill(int((self.folder / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

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

    def _control(self, *words: str) -> bool:
        command = [str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), "-w", "-s", *words]
        return _call(command, self.user) == 0


@contextmanager
def run_postgres() -> Iterator[Postgres]:
    """The server, stopped at the end; skips when Debian's package postgresql is not installed."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"))
    if not found:
        pytest.skip(f"PostgreSQL is not installed in {PROGRAMS}")
    folder = Path(tempfile.mkdtemp(prefix="according-postgres-", dir=IN_MEMORY if _has_room() else "/tmp"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Postgres(folder, found[-1].parent, port, _other_user(folder))
    make = [str(found[-1]), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"]
    try:
        assert _call(make, server.user) == 0
        server.start()
        try:
            yield server
        finally:
            server.stop()
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


def _call(command: list[str], user: str | None) -> int:
    return subprocess.run(
        command, check=False, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/tmp", timeout=120
    ).returncode
