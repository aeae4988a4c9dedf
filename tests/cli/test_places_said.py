"""Places and actors that no registry knows: shown by the words that name them, and near names where none does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.conftest import Call

from according.errors import UsageError

REPORTS = [
    {"id": "a", "published": "2019-05-10", "text": "Rebels captured Qasr Bintel from the army on 4 May 2019."},
    {"id": "b", "published": "2019-05-12", "text": "Shelling in Qasr Bintel killed four children on 8 May 2019."},
    {"id": "c", "published": "2019-05-12", "text": "A car bomb killed two people in Baidoa on 8 May 2019."},
]


@pytest.mark.usefixtures("ledger")
def test_a_place_no_gazetteer_knows_has_its_holders_incidents_and_sentences(call: Call) -> None:
    shown = call("show", "place", "qasr bintel").output
    assert "■ Qasr Bintel: held by Rebels" in shown
    assert "4 civilians killed" in shown or "4 children killed" in shown
    assert "Baidoa" not in shown
    assert "place unknown" not in shown
    assert "captured Qasr Bintel" in shown
    assert "Rebels" in call("timeline", "Qasr Bintel").output


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("command", [("show", "place"), ("timeline",)])
def test_a_name_that_nobody_uses_is_answered_with_those_near_it(call: Call, command: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match=r"speaks of place Qasr Bintle; did you mean Qasr Bintel\?$"):
        call(*command, "Qasr Bintle")
    with pytest.raises(UsageError, match=r"speaks of place Zzyzx$"):
        call(*command, "Zzyzx")


def test_every_id_that_show_prints_opens_with_explain(call: Call, reports: Path) -> None:
    call("add", reports)
    shown = call("show", "place", "Gharyan").output
    [incident] = re.findall(r"incident:[0-9a-f]+", shown)
    claims = re.findall(r"^    ([0-9a-f]{12})  ", shown, re.MULTILINE)
    assert call("explain", incident).output == call("show", "incident", incident).output
    assert claims
    assert all(f"claim {claim}" in call("explain", claim).output for claim in claims)
    with pytest.raises(UsageError, match="no claim or incident incident:0"):
        call("explain", "incident:0")
