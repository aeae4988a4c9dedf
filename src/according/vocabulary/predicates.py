"""Predicates: what a claim can say, with the words that trigger each and its codes in other systems."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from according.errors import BrokenAssumptionError

FAMILIES = ("violence", "harm", "unrest", "control", "tie", "speech")
ROLES = frozenset(["subject", "object", "quantity", "place", "time", "extent"])
TRIGGER_KINDS = frozenset(["verbs", "nouns", "phrases", "guarded"])


class Codes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A predicate's codes in other systems; ``None`` where that system has nothing for it.

    ``ucdp`` lists the types of violence it may be ("1/2/3"): which one holds depends on who the parties are.
    """

    acled: str | None = None
    ucdp: str | None = None
    plover: str | None = None
    plover_mode: str | None = None
    muc4: str | None = None


class Predicate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One predicate of the vocabulary.

    ``triggers`` are lemmas by kind: ``verbs``, ``nouns`` (a last word may be preceded by others), ``phrases`` (headed
    by a verb), and ``guarded``, those of them that count only where their clause is about armed conflict.
    """

    name: str
    family: str
    meaning: str
    roles: tuple[str, ...]
    triggers: dict[str, list[str]]
    positive: str
    negative: str
    codes: Codes


class CodeLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``codes.yaml``: the codes that exist in each other system."""

    acled: dict[str, tuple[str, ...]]
    ucdp: dict[str, str]
    plover: dict[str, tuple[str, ...]]
    muc4: tuple[str, ...]

    def unknown(self, codes: Codes) -> Iterator[str]:
        """Every code that its system does not have."""
        sub_events = {name for names in self.acled.values() for name in names}
        if codes.acled is not None and codes.acled not in sub_events:
            yield f"ACLED sub-event type {codes.acled!r}"
        yield from (f"UCDP type {part!r}" for part in (codes.ucdp or "").split("/") if part and part not in self.ucdp)
        if codes.plover is not None and codes.plover not in self.plover:
            yield f"PLOVER root {codes.plover!r}"
        if codes.plover_mode is not None and codes.plover_mode not in self.plover.get(codes.plover or "", ()):
            yield f"PLOVER mode {codes.plover_mode!r}"
        if codes.muc4 is not None and codes.muc4 not in self.muc4:
            yield f"MUC-4 type {codes.muc4!r}"


@cache
def load_codes() -> CodeLists:
    """The code lists of other systems."""
    return msgspec.convert(_read("codes.yaml"), CodeLists)


def load_predicates() -> dict[str, Predicate]:
    """Load and validate ``predicates.yaml``."""
    return read_predicates(_read("predicates.yaml"))


def read_predicates(raw: dict[str, Any]) -> dict[str, Predicate]:
    """Predicates by name from their data form; anything unknown or left out is a :class:`BrokenAssumptionError`."""
    try:
        predicates = {name: msgspec.convert({"name": name, **body}, Predicate) for name, body in raw.items()}
    except (msgspec.ValidationError, TypeError) as error:
        raise BrokenAssumptionError(f"predicates: {error}") from error
    for predicate in predicates.values():
        _validate(predicate)
    return predicates


def _validate(predicate: Predicate) -> None:
    wrong = [f"family {predicate.family!r}"] if predicate.family not in FAMILIES else []
    wrong += [f"role {role!r}" for role in predicate.roles if role not in ROLES]
    wrong += [f"kind of trigger {kind!r}" for kind in predicate.triggers if kind not in TRIGGER_KINDS]
    wrong += load_codes().unknown(predicate.codes)
    if wrong:
        raise BrokenAssumptionError(f"predicate {predicate.name}: unknown {', '.join(wrong)}")


def _read(name: str) -> Any:
    text = files("according.vocabulary").joinpath(name).read_text("utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)
