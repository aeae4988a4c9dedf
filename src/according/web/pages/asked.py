"""What a reader asks a list of incidents for, as it stands in the address."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

import msgspec
from fastapi import Query

from according.errors import UsageError
from according.store.linked_filter import Filter
from according.web.pages import words

GRADES = ("confirmed", "fair", "weak", "contested", "discounted")
STATUSES = ("acknowledged", "claimed", "disputed", "alleged", "denied", "unclear")
DATE = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"
Text = Annotated[str, Query(max_length=200)]
Date = Annotated[str, Query(pattern=DATE, description="An ISO date, possibly partial: 2017, 2017-10, 2017-10-31.")]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The choices of a reader; all empty is everything."""

    kind: str = ""
    grade: str = ""
    status: str = ""
    country: str = ""
    since: str = ""
    until: str = ""
    toll: str = ""
    place: str = ""
    actor: str = ""
    q: str = ""
    after: str = ""

    @property
    def anything(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.query())

    def query(self, *, after: str = "") -> str:
        """The choices for an address, to go on after a place in the list."""
        chosen = msgspec.structs.asdict(self) | {"after": after}
        return urlencode({name: value for name, value in chosen.items() if value})

    def filter(self) -> Filter:
        """The choices as the ledger takes them; raises UsageError on a kind, grade or status that does not exist."""
        kinds = {key: predicates for key, _, predicates in words.incident_kinds()}
        for value, known in ((self.kind, kinds), (self.grade, GRADES), (self.status, STATUSES)):
            if value and value not in known:
                raise UsageError(f"{value} is none of {', '.join(known)}")
        return Filter(
            predicates=kinds.get(self.kind, ()),
            grades=_one(self.grade),
            statuses=_one(self.status),
            countries=_one(self.country.upper()),
            places=_one(self.place),
            actors=_one(self.actor),
            since=self.since or None,
            until=self.until or None,
            toll_least=int(self.toll) if self.toll else None,
            words=self.q,
        )  # type: ignore[arg-type]  # grades and statuses were just checked


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def asked(  # noqa: PLR0913 - each is one parameter of the address
    kind: Text = "",
    grade: Text = "",
    status: Text = "",
    country: Annotated[str, Query(pattern=r"^[A-Za-z]{0,2}$")] = "",
    since: Date = "",
    until: Date = "",
    toll: Annotated[str, Query(pattern=r"^\d{0,7}$", description="At least so many killed by somebody's figure.")] = "",
    place: Text = "",
    actor: Text = "",
    q: Text = "",
    after: Annotated[str, Query(max_length=400, description="Where the page before this one ended.")] = "",
) -> Asked:
    """The choices in an address; a FastAPI dependency."""
    return Asked(
        kind=kind, grade=grade, status=status, country=country, since=since, until=until, toll=toll, place=place,
        actor=actor, q=q, after=after,
    )  # fmt: skip
