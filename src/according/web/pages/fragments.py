"""Rendered parts of pages, kept in memory under the version of what they show."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from markupsafe import Markup

MOST_CHARACTERS = 64_000_000


class Fragments:
    """The parts used last; the longest unused go when all together pass a number of characters."""

    def __init__(self, most: int = MOST_CHARACTERS) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[Hashable, Markup] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def of(self, key: Hashable, make: Callable[[], Markup]) -> Markup:
        """The part under a key, made now when it is not kept; readers who come meanwhile wait for the one who makes."""
        with self._lock:
            found = self._found(key)
            if found is not None:
                return found
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                found = self._found(key)
            if found is not None:
                return found
            try:
                made = make()
                self._keep(key, made)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return made

    def _found(self, key: Hashable) -> Markup | None:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def _keep(self, key: Hashable, made: Markup) -> None:
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += len(made) - len(before or "")
            self._kept[key] = made
            while self._size > self._most and len(self._kept) > 1:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone)


FRAGMENTS = Fragments()
"""The parts of this process."""
