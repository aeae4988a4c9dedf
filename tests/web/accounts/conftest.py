"""What visitors with accounts need in tests: cheap password hashes, so that a test takes no second."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from according.store.people import accounts

PASSWORD = "seven calm herons wade"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_HASHER", quick)
    monkeypatch.setattr(accounts, "_NO_PASSWORD", quick.hash("nobody's"))
