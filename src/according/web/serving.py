"""The site as a server's process runs it: made from the settings, its post office and newsroom at work as it runs."""

from __future__ import annotations

import gc
import os
import threading
from pathlib import Path
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from according.settings import SiteSettings, load_site_settings
from according.store.people import open_people
from according.vocabulary import load_vocabulary
from according.web.app import create_app
from according.web.desk.onward import open_newsroom
from according.web.mail import PostOffice, mailer
from according.web.newsroom import Newsroom
from according.web.pages.pictures import stop_drawing
from according.web.room import Room

NEW_OBJECTS = 50_000
"""After how many new objects those that refer to one another in circles are looked for."""
ADDRESS, LEDGER = "ACCORDING_SERVED_ADDRESS", "ACCORDING_SERVED_LEDGER"
"""How `according serve` tells its processes what was chosen on the command line."""


class Served:
    """An application whose post office and newsroom are at work from its start to its end."""

    def __init__(self, app: ASGIApp, post: PostOffice, newsroom: Newsroom) -> None:
        self._app, self._post, self._newsroom = app, post, newsroom

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; the server's lifespan is one long call."""
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)
            return
        threading.Thread(target=load_vocabulary, name="vocabulary", daemon=True).start()  # nobody at the desk waits
        with self._post.open(), self._newsroom.at_work():
            try:
                await self._app(scope, receive, send)
            finally:
                stop_drawing()


def site() -> Served:
    """Make the site of this process."""
    settings = load_site_settings()
    room = make_room(settings, os.environ[ADDRESS], Path(os.environ[LEDGER]))
    post = PostOffice(room.people, mailer(settings.mail_url), settings.mail_from or _sender(room))
    app, newsroom = create_app(room), open_newsroom(room)
    app.state.newsroom = newsroom
    look_for_circles_seldom()
    return Served(app, post, newsroom)


def look_for_circles_seldom() -> None:
    """What a process loads at its start stays, and is not walked through again while a reader waits."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, 20, 50)


def make_room(settings: SiteSettings, address: str, ledger: Path) -> Room:
    """The room of these settings; ``address`` holds when the settings say no public one."""
    people = open_people(settings.people_url)
    return Room(settings.name, settings.address or address, settings.secret, ledger, people)


def _sender(room: Room) -> str:
    return f"no-reply@{urlsplit(room.address).hostname or 'localhost'}"
