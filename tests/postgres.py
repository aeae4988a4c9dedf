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
from pathlib import Path

import psycopg
import pytest

PROGRAMS = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Postgres:
    """A running server that trusts this machine."""

    port: int

    def new_database(self) -> str:
        """Make an empty database and give its address."""
        name = f"people_{secrets.token_hex(6)}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self._url(name).replace("postgresql://", "postgresql+psycopg://")

    def _url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"


@contextmanager
def run_postgres() -> Iterator[Postgres]:
    """The server, stopped at the end; skips when Debian's package postgresql is not installed."""
    programs = sorted(PROGRAMS.glob("*/bin/initdb"))
    if not programs:
        pytest.skip(f"PostgreSQL is not installed in {PROGRAMS}")
    folder = Path(tempfile.mkdtemp(prefix="according-postgres-", dir="/tmp"))
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


def _other_user(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root; Debian's package makes a user for it."""
    if os.geteuid() != 0:
        return None
    known = pwd.getpwnam("postgres")
    os.chown(folder, known.pw_uid, known.pw_gid)
    return "postgres"


def _call(command: list[str], user: str | None) -> None:
    subprocess.run(command, check=True, user=user, stdout=subprocess.DEVNULL, cwd="/tmp", timeout=120)
