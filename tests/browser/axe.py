"""The accessibility checker axe-core (MPL-2.0), installed from npm for the tests alone and checked by its digest."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

PACKAGE = "axe-core@4.14.1"
SCRIPT = Path("node_modules", "axe-core", "axe.min.js")
DIGEST = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
RUN = """async () => (await axe.run()).violations.map(
    (found) => `${found.id}: ${found.help}: ${found.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)"""


def script(folder: Path) -> str:
    """The checker's code, installed below the folder when it is not there; skips the test where it cannot be had."""
    path = folder / SCRIPT
    if not path.is_file():
        _install(folder)
    content = path.read_bytes()
    assert hashlib.sha256(content).hexdigest() == DIGEST, "axe-core is not the one that was pinned"
    return content.decode()


def violations(page: Page, code: str) -> list[str]:
    """What the checker finds wrong with the page as it stands, a line each."""
    page.evaluate(code)
    found: Any = page.evaluate(RUN)
    return list(found)


def _install(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("axe-core needs npm, which is not installed")
    command = [
        npm,
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefix",
        str(folder),
        PACKAGE,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode:
        pytest.skip(f"axe-core could not be installed: {done.stderr.strip()[-200:]}")
