"""What every test in a browser waits for: a busy machine, and what is compiled but once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from according.issues import Issues
from according.pipeline import read_report
from according.records import Report
from according.vocabulary import load_vocabulary

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """The gazetteer is compiled the first time that anything is read on a machine, which takes half a minute."""
    report = Report(id="first", text="Shells hit the market in Gharyan, a doctor said.", language="en")
    assert read_report(report, load_vocabulary(), Issues("first")).claims


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Chromium with the flags of the tests' module."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=request.module.FLAGS)
        yield started
        started.close()
