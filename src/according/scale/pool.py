"""The pipeline over many reports: in this process, or in a pool of them with the order kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from according.errors import BrokenAssumptionError
from according.ingest import Ingested, IngestOptions, read_inputs
from according.pipeline import read_or_report_failure
from according.records import Reading, Report
from according.settings import Settings
from according.vocabulary import load_vocabulary

BATCH = 8
BATCHES_AHEAD = 4


def read_inputs_in_order(
    inputs: Sequence[str], options: IngestOptions, settings: Settings, jobs: int = 1
) -> Iterator[Reading]:
    """Read every input with ``jobs`` processes, one reading per report, in input order.

    An input that gives no report still gives a reading: empty, with the issue that says why.
    """
    yield from read_ingested_in_order(read_inputs(inputs, options, settings), jobs)


def read_ingested_in_order(ingested: Iterator[Ingested], jobs: int = 1) -> Iterator[Reading]:
    """Read what inputs gave, with ``jobs`` processes, in order."""
    if jobs == 1:
        yield from map(read_ingested, ingested)
        return
    with ProcessPoolExecutor(jobs) as pool:
        waiting: deque[Future[list[Reading]]] = deque()
        try:
            for batch in _batches(ingested):
                waiting.append(pool.submit(_read_batch, batch))
                if len(waiting) >= jobs * BATCHES_AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise BrokenAssumptionError("a reading process died (out of memory?); nothing more was read") from error


def read_ingested(ingested: Ingested) -> Reading:
    """Read what one input gave, or make the empty reading that carries its issues."""
    if ingested.report is None:
        nothing = Report(id="", text="", input_id=ingested.input_id)
        return Reading(report=nothing, issues=ingested.issues.records)
    return read_or_report_failure(ingested.report, load_vocabulary(), ingested.issues)


def _read_batch(batch: list[Ingested]) -> list[Reading]:
    return [read_ingested(ingested) for ingested in batch]


def _batches(ingested: Iterator[Ingested]) -> Iterator[list[Ingested]]:
    batch: list[Ingested] = []
    for item in ingested:
        batch.append(item)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
