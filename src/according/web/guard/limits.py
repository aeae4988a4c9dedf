"""How often one network and one account may do something: buckets of tokens that refill, in this process's memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from fastapi import HTTPException, Request

from according.web.accounts.current import current
from according.web.guard.address import address_of

MOST_KEPT = 50_000


class Buckets:
    """Buckets that each hold ``burst`` tokens and get ``per_second`` back."""

    def __init__(self, per_second: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_second, self._burst, self._clock = per_second, burst, clock
        self._kept: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def wait(self, *keys: str) -> float:
        """Take a token from each key's bucket and give 0, or take none and give the seconds until all have one."""
        now = self._clock()
        with self._lock:
            left = {key: self._left(key, now) for key in keys}
            shortest = min(left.values(), default=1.0)
            if shortest < 1:
                return (1 - shortest) / self._per_second
            for key, tokens in left.items():
                self._kept[key] = (tokens - 1, now)
            if len(self._kept) > MOST_KEPT:
                self._forget_full(now)
        return 0

    def _left(self, key: str, now: float) -> float:
        tokens, at = self._kept.get(key, (self._burst, now))
        return min(self._burst, tokens + (now - at) * self._per_second)

    def _forget_full(self, now: float) -> None:
        """Full buckets need no keeping; should a flood fill the memory with others, the oldest go."""
        kept = {key: state for key, state in self._kept.items() if self._left(key, now) < self._burst}
        newest = sorted(kept, key=lambda key: kept[key][1], reverse=True)[: MOST_KEPT // 2]
        self._kept = {key: kept[key] for key in newest}


def limited(what: str, per_minute: float, burst: int | None = None) -> Callable[[Request], None]:
    """A dependency that refuses with 429 what comes more often than that from one network or one account.

    ``burst`` may come at once (as many as a minute's when not given). Each site and each process counts for itself.
    """

    def within_limit(request: Request) -> None:
        account = current(request)
        keys = [f"net {address_of(request)}", *([f"account {account.id}"] if account else [])]
        wait = buckets(request, what, per_minute / 60, burst or max(1, per_minute)).wait(*keys)
        refuse_for(wait)

    return within_limit


def buckets(request: Request, what: str, per_second: float, burst: float) -> Buckets:
    """The site's buckets for something, made when first asked for."""
    kept: dict[str, Buckets] = request.app.state.buckets
    return kept.setdefault(what, Buckets(per_second, burst))


def refuse_for(seconds: float) -> None:
    """Raise 429 when there are seconds to wait."""
    if seconds > 0:
        wait = int(seconds) + 1
        raise HTTPException(429, f"Too many at once. Please try again in {wait} s.", {"Retry-After": str(wait)})
