"""A site that answers a browser, in a thread of the tests' own process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from according.store.people import open_people
from according.web.app import create_app
from according.web.room import Room


@contextmanager
def served(folder: Path, name: str = "The Desk") -> Iterator[Room]:
    """The room of a site over the ledger of a folder, that listens at its address until the end."""
    people = open_people(f"sqlite:///{folder / 'people.db'}")
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    room = Room(name, address, "a secret of tests only", folder / "ledger.db", people)
    server = uvicorn.Server(uvicorn.Config(create_app(room), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        yield room
    finally:
        server.should_exit = True
        thread.join()
        people.close()
