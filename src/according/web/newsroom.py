"""The newsroom: takes reports in, keeps what is read from them, and keeps the linked tables up to date.

One newsroom writes to a ledger at a time, whichever process it is in; any number of readers go on meanwhile, each
seeing the tables as they were before a change or as they are after it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import structlog
from sqlalchemy.exc import SQLAlchemyError

from according.errors import AccordingError, BrokenAssumptionError, UsageError
from according.ingest import IngestOptions, read_inputs
from according.ingest.fetch import Fetcher
from according.issues import Issues
from according.maps.policy import OPEN, Policies, Policy, next_change
from according.pipeline import METHOD, read_or_report_failure
from according.records import Reading, Report
from according.scale.incremental import Linker
from according.settings import load_settings
from according.store.judgements import HumanJudgement
from according.store.ledger import Ledger
from according.store.linked import LinkedLedger
from according.store.linked_shapes import Noted
from according.vocabulary import load_vocabulary
from according.web.content import Content, Said, Stores

LOG = structlog.get_logger()
Told = Callable[[str], None]
"""Is told, in words, what is being done when it may take long."""
LINKING = ".linking"
"""What is put behind the ledger's name for the file in which linking is kept; it can be deleted at any time."""
TURN = ".turn"
"""What is put behind it for the file whose lock says that a newsroom is at work."""
_LONGEST_WAIT_S, _LONGEST_TURN_S = 30.0, 600.0


def _now() -> datetime:
    return datetime.now(UTC)


class Newsroom:
    """Reports come in here, and what people decide about them takes effect here."""

    def __init__(
        self,
        ledger: Path,
        judgements: Callable[[], Sequence[HumanJudgement]] = tuple,
        policies: Callable[[], Policies] = dict,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        """A newsroom over a ledger; ``judgements`` and ``policies`` give what people have decided by now."""
        self.linked = LinkedLedger(ledger)
        self._path = ledger
        self._judgements, self._policies, self._clock = judgements, policies, clock
        self._content: Content | None = None
        self._said = Said((), {})
        self._at = clock()
        self._lock = threading.RLock()
        self._stores: Stores | None = None
        self._version = ""

    def open(self, tell: Told = lambda _: None) -> bool:
        """Bring the tables up to date if they are not; whether they had to be made anew."""
        with self._turn() as stores:
            self._said, self._at = self._decided(), self._clock()
            stale = self.linked.state("made_of") != _made_of(stores.ledger, self._said, self._at)
            if stale:
                self.rebuild(tell)
        return stale

    def rebuild(self, tell: Told = lambda _: None) -> str:
        """Make the tables anew from all readings; the new version."""
        with self._turn() as stores:
            tell(f"linking {stores.ledger.count()['reading']} reports")
            said, now = self._decided(), self._clock()
            content = Content(self._linker())
            whole = content.rebuild(stores.ledger, said, now)
            tell("writing what they say together")
            whole = msgspec.structs.replace(whole, noted=self._noted(said, now))
            self._version = self.linked.replace_all(whole, _notes(stores.ledger, said, now))
            self._content, self._said, self._at = content, said, now
            self._save(content.linker)
        return self._version

    def preview(self, report: Report) -> Reading:
        """What is read from a report, without keeping any of it."""
        return read_or_report_failure(report, load_vocabulary(), Issues(report.input_id))

    def take(self, report: Report) -> Reading:
        """Read a report, keep it and show it as far as its policy lets; raises UsageError when it cannot be read."""
        reading = self.preview(report)
        failure = next((issue for issue in reading.issues if issue.level == "error"), None)
        if failure is not None:
            raise UsageError(failure.message)
        self.keep([reading])
        return reading

    def fetch(
        self, address: str, options: IngestOptions | None = None, fetcher: Fetcher | None = None
    ) -> list[Reading]:
        """Read the reports at an address (a page or a feed) and keep them; raises UsageError when there are none.

        ``fetcher`` is what may reach the address; the site gives one that reaches nothing private.
        """
        found = list(read_inputs([address], options or IngestOptions(), load_settings(), fetcher))
        reports = [one.report for one in found if one.report]
        if not reports:
            told = [issue.message for one in found for issue in one.issues.records]
            raise UsageError(told[0] if told else f"there is no report at {address}")
        readings = [self.preview(report) for report in reports]
        kept = [one for one in readings if not any(issue.level == "error" for issue in one.issues)]
        self.keep(kept)
        return kept

    def keep(self, readings: Iterable[Reading]) -> str:
        """Keep readings, each in one transaction, and refresh what they change in another; the new version."""
        with self._turn() as stores:
            changed: set[str] = set()
            for reading in readings:
                if stores.ledger.add(reading, METHOD) != "unchanged":
                    changed |= {reading.report.id, *stores.ledger.superseded(reading.report.id)}
            return self._refresh(changed, stores)

    def follow(self, reports: Iterable[str] = ()) -> str:
        """Let what people decided since the last time take effect, and what has come due; the version then.

        ``reports`` are shown anew whatever is known of them.
        """
        with self._turn() as stores:
            return self._refresh(set(reports), stores)

    def next_due(self) -> datetime | None:
        """When a report comes due whose time has not come yet."""
        return next_change(self._said.policies.values(), self._at)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Inside the block the tables are brought up to date and kept so, by a thread of their own."""
        stop = threading.Event()
        worker = threading.Thread(target=self._work, args=(stop,), name="newsroom", daemon=True)
        worker.start()
        try:
            yield
        finally:
            stop.set()
            worker.join(_LONGEST_WAIT_S)

    def _work(self, stop: threading.Event) -> None:
        """Bring the tables up to date until ``stop`` is set: with what comes due, and what commands added."""
        while not stop.is_set():
            wait = _LONGEST_WAIT_S
            try:
                self.open(LOG.info)
                wait = self._until_due()
            except (AccordingError, SQLAlchemyError, sqlite3.Error, OSError) as error:
                LOG.warning("the newsroom could not bring the site up to date; it will try again", reason=str(error))
            stop.wait(wait)
        self.linked.close()

    def _until_due(self) -> float:
        """Show what is due, and say how many seconds to wait before looking again."""
        due = self.next_due()
        wait = (due - self._clock()).total_seconds() if due else _LONGEST_WAIT_S
        if wait <= 0:
            self.follow()
            return 0.0
        return min(wait, _LONGEST_WAIT_S)

    def close(self) -> None:
        """Keep what was linked for the next start."""
        with self._lock:
            if self._content is not None:
                self._save(self._content.linker)
            self.linked.close()

    def _refresh(self, reports: set[str], stores: Stores) -> str:
        """Show anew what some reports change, and those on which people's decisions have changed."""
        if self._content is None or self._version != self.linked.version():
            return self.rebuild()  # nothing is known yet, or another newsroom has changed the tables since
        said, now = self._decided(), self._clock()
        reports |= _decided_on(self._said, said, stores.ledger) | _come_due(said.policies, self._at, now)
        if reports:
            change = self._content.revise(sorted(reports), said, now, stores)
            change = msgspec.structs.replace(change, noted=self._noted(said, now))
            self._version = self.linked.change(change, _notes(stores.ledger, said, now))
        self._said, self._at = said, now
        return self._version

    def _noted(self, said: Said, now: datetime) -> Noted:
        """When what changes is noted, and whether a policy hides more or less than what is shown so far goes by."""
        at = now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return Noted(at=at, forgets=self.linked.state("hides") not in ("", _hides(said)))

    def _decided(self) -> Said:
        return Said(tuple(self._judgements()), dict(self._policies()))

    @contextmanager
    def _turn(self) -> Iterator[Stores]:
        """The stores, while no other thread and no other process changes the tables."""
        with self._lock:
            if self._stores is not None:
                yield self._stores
                return
            turn = sqlite3.connect(self._beside(TURN), isolation_level=None, timeout=_LONGEST_TURN_S)
            with closing(turn), Ledger(self._path) as ledger:
                turn.execute("BEGIN EXCLUSIVE")
                self._stores = Stores(ledger, self.linked)
                try:
                    yield self._stores
                except BaseException:
                    self._content = None  # what was begun is made anew at the next turn
                    raise
                finally:
                    self._stores = None

    def _beside(self, ending: str) -> Path:
        return self._path.with_name(self._path.name + ending)

    def _linker(self) -> Linker:
        state = self._beside(LINKING)
        try:
            return Linker.load(state, METHOD) if state.is_file() else Linker()
        except BrokenAssumptionError:
            return Linker()

    def _save(self, linker: Linker) -> None:
        state, temporary = self._beside(LINKING), self._beside(f"{LINKING}.{os.getpid()}")
        linker.save(temporary, METHOD)
        temporary.replace(state)


def _notes(ledger: Ledger, said: Said, now: datetime) -> dict[str, str]:
    """What is kept beside the tables: what they were made of, and what the policies of that time hide."""
    return {"made_of": _made_of(ledger, said, now), "hides": _hides(said)}


def _hides(said: Said) -> str:
    """A word for all that policies hide."""
    hiding = [(name, one.place_as, one.names) for name, one in sorted(said.policies.items()) if one.alters]
    return hashlib.sha256(msgspec.json.encode(hiding)).hexdigest()[:20]


def _made_of(ledger: Ledger, said: Said, now: datetime) -> str:
    """A word for everything that the tables follow from."""
    policies = [(name, one, one.is_open(now)) for name, one in sorted(said.policies.items())]
    decided = msgspec.json.encode([[one.id for one in said.judgements], policies])
    return f"{METHOD} {ledger.digest()[:20]} {hashlib.sha256(decided).hexdigest()[:20]}"


def _decided_on(before: Said, now: Said, ledger: Ledger) -> set[str]:
    """The reports on which judgements or policies are others than they were."""
    ids = {one.id for one in before.judgements} ^ {one.id for one in now.judgements}
    new = [one for one in (*before.judgements, *now.judgements) if one.id in ids]
    undone = {one.undoes for one in new if one.undoes}
    new += [one for one in now.judgements if one.id in undone]
    claims = {claim for one in new for subject in one.subjects for claim in subject.claims}
    return (
        ledger.told_in(claims)
        | {one.report for one in new if one.report}
        | {name for name in {*before.policies, *now.policies} if _policy(before, name) != _policy(now, name)}
    )


def _policy(said: Said, report: str) -> Policy:
    return said.policies.get(report, OPEN)


def _come_due(policies: Policies, before: datetime, now: datetime) -> set[str]:
    """The reports whose time came between two moments."""
    return {name for name, one in policies.items() if one.is_open(now) != one.is_open(before)}
