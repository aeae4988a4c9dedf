"""Of where readers come from, no more than a network is kept anywhere."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient
from tests.web.conftest import Visitor

from according.store.people.engine import TABLES
from according.web.app import create_app
from according.web.guard.address import truncate
from according.web.room import Room


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("a socket", "unknown"),
    ],
)
def test_an_address_is_cut_to_its_network(address: str, network: str) -> None:
    assert truncate(address) == network


@pytest.mark.parametrize(
    ("address", "network"), [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1::77", "2001:db8:1::/48")]
)
def test_nothing_that_is_kept_has_a_whole_address(visitor: Visitor, room: Room, address: str, network: str) -> None:
    visitor.client = TestClient(create_app(room), base_url=room.address, follow_redirects=False, client=(address, 4711))
    answer = visitor.post("/sign-in", {"name": "nobody", "password": "a guess of twelve"})
    assert "do not belong together" in answer.text or "is not right" in answer.text, answer.text
    with room.people.read() as connection:
        kept = str([connection.execute(sa.select(table)).all() for table in TABLES.sorted_tables])
    assert network in kept
    assert address not in kept
