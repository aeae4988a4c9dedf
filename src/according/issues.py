"""Where stages put what went wrong with one input, so that one bad document never empties a batch."""

from __future__ import annotations

from according.records import Issue, IssueLevel, Span


class Issues:
    """Collects issue records while one input is read."""

    def __init__(self, input_id: str | None = None) -> None:
        self._input_id = input_id
        self._records: list[Issue] = []

    def add(self, level: IssueLevel, code: str, message: str, span: Span | None = None) -> None:
        """Keep one issue. ``code`` is stable and machine-readable, ``message`` is one plain sentence."""
        start, end = (span.start, span.end) if span else (None, None)
        self._records.append(
            Issue(level=level, code=code, message=message, start=start, end=end, input_id=self._input_id)
        )

    def info(self, code: str, message: str, span: Span | None = None) -> None:
        """Keep a remark that needs no action."""
        self.add("info", code, message, span)

    def warning(self, code: str, message: str, span: Span | None = None) -> None:
        """Keep a doubt: the input was read, but something in it may be wrong."""
        self.add("warning", code, message, span)

    def error(self, code: str, message: str, span: Span | None = None) -> None:
        """Keep a failure: the input, or a part of it, could not be read."""
        self.add("error", code, message, span)

    @property
    def records(self) -> tuple[Issue, ...]:
        """The issues so far, in the order they arose."""
        return tuple(self._records)

    @property
    def failed(self) -> bool:
        """Whether an error was kept."""
        return any(issue.level == "error" for issue in self._records)
