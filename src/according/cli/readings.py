"""Readings as other commands are given them: files of what ``according read`` wrote."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from according.errors import UsageError
from according.export.reading_back import from_json
from according.records import Reading

Json = dict[str, Any]


def load_readings(path: str) -> list[Json]:
    """The readings in a file of JSON lines (``-`` is standard input); raises UsageError naming the line that is not."""
    found = []
    for number, line in enumerate(_text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            reading = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{path}, line {number} is not JSON: {error}") from error
        if not _is_reading(reading):
            raise UsageError(f"{path}, line {number} is not a reading (it has no report or claims)")
        found.append(reading)
    return found


def _is_reading(found: Any) -> bool:
    """Whether a value has what every reading has; :func:`read_back` looks at the rest."""
    return isinstance(found, dict) and isinstance(found.get("report"), dict) and isinstance(found.get("claims"), list)


def _text_of(path: str) -> str:
    try:
        content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return content.decode()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} cannot be read: it is not UTF-8 text") from error


def read_back(item: Json) -> Reading:
    """The reading behind one line of the interface; raises UsageError on another shape."""
    try:
        return from_json(item)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        name = item["report"].get("input_id") or "a report without an input_id"
        cause = f"it lacks {error}" if isinstance(error, KeyError) else error
        raise UsageError(f"the reading of {name} is not in the form that `according read` writes: {cause}") from error
