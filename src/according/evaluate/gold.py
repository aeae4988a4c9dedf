"""What scorers share: the lines of a gold file in their form, and the reading of one item."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from according.errors import UsageError
from according.issues import Issues
from according.pipeline import read_or_report_failure
from according.records import Reading, Report
from according.vocabulary import Vocabulary

Item = TypeVar("Item")


def read_items(gold: Path, form: type[Item]) -> list[Item]:
    """Every line of a gold file; raises UsageError that names a line of another form, or says that there is none."""
    decoder = msgspec.json.Decoder(form)
    items = []
    for number, line in enumerate(_bytes_of(gold).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            items.append(decoder.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise UsageError(f"{gold}, line {number} is not in the gold's form: {error}") from error
    if not items:
        raise UsageError(f"{gold} holds nothing to score")
    return items


def _bytes_of(gold: Path) -> bytes:
    try:
        return gold.read_bytes()
    except OSError as error:
        raise UsageError(f"{gold} cannot be read: {error.strerror}") from error


def read_item(report: Report, vocabulary: Vocabulary, errors: list[str]) -> Reading:
    """The reading of one item; where the reader fails it is empty and the errors say so: a crash is a miss."""
    reading = read_or_report_failure(report, vocabulary, Issues(report.input_id))
    errors += [f"{report.input_id}: {issue.message}" for issue in reading.issues if issue.code == "reader_failed"]
    return reading
