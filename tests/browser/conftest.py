"""A browser on a machine that is busy with everything else takes longer than five seconds."""

from __future__ import annotations

from playwright.sync_api import expect

expect.set_options(timeout=20_000)
