from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from according.errors import UsageError
from according.vocabulary import load_vocabulary
from according.vocabulary.gazetteer import Gazetteer, load_gazetteer, sources
from according.vocabulary.gazetteer.compile import compile_gazetteer
from according.vocabulary.gazetteer.fold import light_key, sound_key
from according.vocabulary.gazetteer.sources import Entry, read_dump, supplement

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases_gazetteer.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_vocabulary().gazetteer


@pytest.mark.parametrize("case", CASES["spotted"], ids=lambda case: case["text"][:50])
def test_names_are_spotted_where_a_place_may_stand(gazetteer: Gazetteer, case: dict[str, Any]) -> None:
    assert [mention.text for mention in gazetteer.spot(case["text"])] == case["names"]


@pytest.mark.parametrize("case", CASES["known"], ids=lambda case: case["name"])
def test_a_name_leads_to_its_place(gazetteer: Gazetteer, case: dict[str, Any]) -> None:
    best = gazetteer.candidates(case["name"])[0]
    assert (best.country, best.kind) == (case["country"], case["kind"])


@pytest.mark.parametrize(("one", "other"), [tuple(pair) for pair in CASES["same_sound"]])
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other) != ""


@pytest.mark.parametrize(("one", "other"), [tuple(pair) for pair in CASES["other_sound"]])
def test_different_names_do_not(one: str, other: str) -> None:
    assert sound_key(one) != sound_key(other)


def test_articles_hyphens_and_accents_fall_away_lightly() -> None:
    assert light_key("Al-Fāw") == light_key("al Faw") == light_key("Faw")


def test_mentions_cut_the_text_and_never_overlap(gazetteer: Gazetteer) -> None:
    text = "Shells hit Aleppo's east; Idlib-based fighters left Deir ez-Zor for Mosul, Iraq."
    mentions = gazetteer.spot(text)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(left.end <= right.start for left, right in itertools.pairwise(mentions))
    assert {"Aleppo", "Idlib", "Deir ez-Zor", "Mosul", "Iraq"} <= {m.text for m in mentions}


def test_every_supplied_place_says_where_its_coordinates_come_from() -> None:
    for entry in supplement():
        assert entry.place.source
        assert entry.place.latitude is not None
        assert -90 <= entry.place.latitude <= 90


_DUMP = (
    "99{id}\t{name}\t{name}\tWadi Mina,Vadi Mina\t30.5"
    "\t20.25\t{kind}\t{code}\tLY\t\t65\t\t\t\t40\t\t\tAfrica/Tripoli\t2020-01-01\n"
)


def test_a_geonames_dump_extends_the_gazetteer(tmp_path: Path) -> None:
    dump = tmp_path / "LY.txt"
    dump.write_text(
        _DUMP.format(id=1, name="Wādī Mīnah", kind="P", code="PPL")
        + _DUMP.format(id=2, name="Mina Power Station", kind="S", code="PS")
        + _DUMP.format(id=3, name="A Road", kind="R", code="RD"),
        encoding="utf-8",
    )
    village, station = read_dump(dump)
    assert (village.place.precision, village.place.latitude, village.place.country) == ("town", 30.5, "LY")
    assert "Vadi Mina" in village.names
    assert (station.place.precision, station.place.kind) == ("exact", "facility")


def test_a_file_that_is_no_dump_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "LY.txt"
    broken.write_text("name,lat,lon\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"LY\.txt, line 1"):
        list(read_dump(broken))


def _only_dumps(dumps: list[Path]) -> Iterator[Entry]:
    for path in dumps:
        yield from read_dump(path)


def test_a_compiled_dump_can_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "entries", _only_dumps)
    (tmp_path / "LY.txt").write_text(_DUMP.format(id=1, name="Wādī Mīnah", kind="P", code="PPL"), encoding="utf-8")
    compile_gazetteer(tmp_path / "gazetteer.sqlite", [tmp_path / "LY.txt"])
    opened = Gazetteer(tmp_path / "gazetteer.sqlite")
    assert [place.id for place in opened.candidates("Wadi Meena")] == ["place:geonames/991"]
    assert opened.get("place:geonames/991") == opened.candidates("Vadi Mina")[0]


def test_a_failed_compilation_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "entries", _only_dumps)
    (tmp_path / "LY.txt").write_text("no dump\n", encoding="utf-8")
    with pytest.raises(ValueError, match="columns"):
        compile_gazetteer(tmp_path / "out" / "gazetteer.sqlite", [tmp_path / "LY.txt"])
    assert list((tmp_path / "out").iterdir()) == []


FIRST_RUN = """
import sys, time
from according.vocabulary import gazetteer
from according.vocabulary.gazetteer import sources
from according.vocabulary.gazetteer.sources import read_dump

def slowly(dumps):
    time.sleep(1)
    for dump in dumps:
        yield from read_dump(dump)

sources.entries = slowly
print(gazetteer.load_gazetteer().candidates("Wadi Mina")[0].id)
"""


def test_of_several_first_runs_one_compiles_and_the_others_wait(tmp_path: Path) -> None:
    dumps = tmp_path / "data" / "geonames"
    dumps.mkdir(parents=True)
    (dumps / "LY.txt").write_text(_DUMP.format(id=1, name="Wādī Mīnah", kind="P", code="PPL"), encoding="utf-8")
    settings = {"ACCORDING_DATA_DIR": str(tmp_path / "data"), "ACCORDING_CACHE_DIR": str(tmp_path / "cache")}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", FIRST_RUN],
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    told = [process.communicate(timeout=60) for process in started]
    assert [out.strip() for out, _ in told] == ["place:geonames/991"] * 3, told
    words = "".join(said for _, said in told)
    assert words.count("Compiling the gazetteer") == 1
    assert all(said.count("\n") <= 1 for _, said in told), words
    assert len(list((tmp_path / "cache").glob("gazetteer-*.sqlite"))) == 1


def test_a_dump_that_is_none_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "entries", _only_dumps)
    monkeypatch.setenv("ACCORDING_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("ACCORDING_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "data" / "geonames").mkdir(parents=True)
    (tmp_path / "data" / "geonames" / "LY.txt").write_text("no dump\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"cannot be compiled: .*LY\.txt, line 1"):
        load_gazetteer()
