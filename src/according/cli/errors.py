"""Errors and issues on stderr, one line each."""

from __future__ import annotations

import structlog

from according.records import Issue


def report_error(code: str, message: str) -> None:
    """Write one error line."""
    structlog.get_logger().error(message, code=code)


def report_issue(issue: Issue, input_id: str | None) -> None:
    """Write one issue of one input as a line, at its own level."""
    log = structlog.get_logger()
    {"info": log.info, "warning": log.warning, "error": log.error}[issue.level](
        issue.message, code=issue.code, input=input_id or issue.input_id or "-"
    )
