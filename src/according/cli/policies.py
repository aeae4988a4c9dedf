"""What may be shown of each report, as a file says: an option of the commands that write files, and its audit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec
import structlog
import yaml

from according.errors import UsageError
from according.link import link_incidents
from according.maps.coarse import COARSENED, LEVELS
from according.maps.policy import OPEN, Policy, moment, shown, stricter
from according.records import Incident, Link, PlacePrecision, Reading

Command = Callable[..., Any]
EVERY = "*"
"""In the file: the policy of every report, beside its own."""

policies_option: Callable[[Command], Command] = click.option(
    "--policies",
    "policies_path",
    type=click.Path(path_type=Path),
    envvar="ACCORDING_POLICIES",
    help="What may be shown of each report: a YAML or JSON file, see docs/publication-policy.md.",
)
audit_option: Callable[[Command], Command] = click.option(
    "--audit",
    "audit_path",
    type=click.Path(path_type=Path),
    help="Add a line to this file for every report that a policy changed or left out.",
)


class Applied(msgspec.Struct, frozen=True):
    """One line of the audit: what a policy did to one report when something was written of it."""

    at: str
    command: str
    report: str
    input_id: str | None
    policy: Policy
    result: str
    places: int = 0
    claims: int = 0


class Publishing:
    """The policies of one call, applied to readings one by one; everything they did is kept for the audit."""

    def __init__(self, policies: dict[str, Policy], command: str, now: datetime | None = None) -> None:
        """Apply policies, by the ids of reports or inputs, at a moment."""
        self._policies, self._command = policies, command
        self._now = now or datetime.now(UTC)
        self._used: set[str] = set()
        self.applied: list[Applied] = []

    def __bool__(self) -> bool:
        """Whether there is any policy."""
        return bool(self._policies)

    def shown(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """The readings as they may be shown; those of which nothing may be are left out.

        Raises UsageError for a report whose words are to be hidden but not at hand, and at the end for a policy of a
        report that is none of them: a name mistyped would let out what is to be hidden.
        """
        for reading in readings:
            given = self._one(reading)
            if given is not None:
                yield given
        unused = sorted(self._policies.keys() - self._used - {EVERY})
        if unused:
            raise UsageError(f"the policies name {', '.join(unused[:3])}, which is none of the reports")

    def _one(self, reading: Reading) -> Reading | None:
        policy = self._policy(reading)
        if policy == OPEN:
            return reading
        named = reading.report.input_id or reading.report.id
        if policy.is_open(self._now) and policy.alters and reading.claims and not reading.report.text:
            raise UsageError(f"{named} has words to hide: read it with --with-text, or give --policies to `read`")
        given = shown(reading, policy, self._now)
        self._record(reading, policy, given.reading if given else None)
        return given.reading if given else None

    def _policy(self, reading: Reading) -> Policy:
        names = [name for name in (EVERY, reading.report.id, reading.report.input_id) if name in self._policies]
        self._used.update(filter(None, names))
        found = OPEN
        for name in names:
            found = stricter(found, self._policies[name or EVERY])
        return found

    def _record(self, reading: Reading, policy: Policy, given: Reading | None) -> None:
        result = "left out" if given is None else "changed" if policy.alters else "shown"
        coarser = [one for one in given.resolutions if one.role == "place" and one.basis == COARSENED] if given else []
        line = Applied(
            at=self._now.isoformat(timespec="seconds"),
            command=self._command,
            report=reading.report.id,
            input_id=reading.report.input_id,
            policy=policy,
            result=result,
            places=len(coarser),
            claims=len(reading.claims),
        )
        self.applied.append(line)

    def tell(self, audit: Path | None) -> None:
        """Say in one line what the policies did, and add every report of it to the audit."""
        if not self.applied:
            return
        counts = Counter(line.result for line in self.applied)
        structlog.get_logger().info("policies applied", **{name.replace(" ", "_"): n for name, n in counts.items()})
        if audit is not None:
            try:
                with audit.open("ab") as stream:
                    stream.writelines(msgspec.json.encode(line) + b"\n" for line in self.applied)
            except OSError as error:
                raise UsageError(f"{audit} cannot be written: {error.strerror}") from error


def load_policies(path: Path | None) -> dict[str, Policy]:
    """The policies of a file, by report; none without a file. Raises UsageError on anything but policies."""
    if path is None:
        return {}
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts alone
        found = msgspec.convert(content, dict[str, Policy], strict=False)
        for policy in found.values():
            moment(policy.not_before) if policy.not_before is not None else None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} cannot be read: it is not UTF-8 text") from error
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise UsageError(f"{path} has no publication policies: {' '.join(str(error).split())}") from error
    return found


def link_apart(readings: Sequence[Reading], links: Sequence[Link]) -> list[Incident]:
    """The incidents of readings, those with coarser places not linked with the others, which name the places."""
    groups: dict[PlacePrecision | None, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[_coarsest(reading)].append(reading)
    return [incident for group in groups.values() for incident in link_incidents(group, links)]


def _coarsest(reading: Reading) -> PlacePrecision | None:
    """How coarse a policy made a reading's places; None when it made none coarser."""
    made = [one.place.precision for one in reading.resolutions if one.basis == COARSENED and one.place]
    return max(made, key=LEVELS.index, default=None)
