"""How messages to the user are written: one line each on stderr, as words or as JSON."""

from __future__ import annotations

import sys

import structlog


def configure_log(*, as_json: bool) -> None:
    """Write messages as one line of words, or as one JSON object a line."""
    renderer: structlog.types.Processor = structlog.processors.JSONRenderer() if as_json else _one_line
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.format_exc_info, renderer],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )


def _one_line(_logger: object, _method: str, event: structlog.types.EventDict) -> str:
    level = event.pop("level", "info")
    words = str(event.pop("event", ""))
    trace = event.pop("exception", "")
    details = " ".join(f"{key}={value}" for key, value in event.items())
    cause = trace.strip().splitlines()[-1:] if isinstance(trace, str) else []
    line = " ".join((f"{level}:", words, details, *cause))
    # What an input calls itself may hold line ends and codes that a terminal obeys.
    return " ".join("".join(char if char.isprintable() else " " for char in line).split())


def remark(message: str, code: str) -> None:
    """Write a remark where messages go; on stderr as words while nobody said how they are written."""
    log = structlog.get_logger()
    if not structlog.is_configured():
        log = structlog.wrap_logger(structlog.WriteLogger(sys.stderr), processors=[_one_line])
    log.info(message, code=code)
