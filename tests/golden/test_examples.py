"""Golden readings: what the bundled examples are read as, in words a person can check.

After a change that is meant: `python tests/golden/test_examples.py` writes them anew; the diff is for review.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from according.cli.table import incident_line, spell_line, subject, tie_line, voices, what, when, where, whom
from according.ingest import IngestOptions
from according.records import Reading
from according.scale.pool import read_inputs_in_order
from according.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent


def readings() -> dict[str, str]:
    found = read_inputs_in_order([str(ROOT / "examples")], IngestOptions(), load_settings())
    return {Path(reading.report.input_id or "").stem: in_words(reading) for reading in found}


def in_words(reading: Reading) -> str:
    roles = {(r.claim, r.role, r.index): r for r in reading.resolutions}
    lines = []
    for claim in reading.claims:
        cells = [what(claim), *(words(claim, roles) for words in (subject, whom, where, when, voices))]  # type: ignore[arg-type]
        lines.append(
            " | ".join([claim.block, *(cell.plain for cell in cells), " ".join(claim.evidence.text.split())[:60]])
        )
    lines += [f"incident: {incident_line(incident).plain}" for incident in reading.incidents]
    lines += [f"spell: {spell_line(spell).plain}" for spell in reading.spells]
    lines += [f"tie: {tie_line(tie).plain}" for tie in reading.ties]
    lines += [f"issue: {issue.code}: {issue.message}" for issue in reading.issues]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def read_now() -> dict[str, str]:
    return readings()


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDEN.glob("*.txt")))
def test_an_example_is_read_as_agreed(name: str, read_now: dict[str, str]) -> None:
    assert read_now[name] == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_every_example_has_its_golden_reading(read_now: dict[str, str]) -> None:
    assert set(read_now) == {path.stem for path in GOLDEN.glob("*.txt")}


if __name__ == "__main__":
    for stem, text in readings().items():
        (GOLDEN / f"{stem}.txt").write_text(text, encoding="utf-8")
