from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from according.errors import UsageError
from according.ingest import Ingested, IngestOptions, ingest_text, read_inputs
from according.ingest.reports import Facts, report_of_bytes
from according.ingest.unreadable import UnreadableError
from according.issues import Issues
from according.settings import Settings

TEXT = "The army said on Monday that it had taken the town of Tal Nasri from the rebels."


def read(*inputs: Path | str, options: IngestOptions | None = None, limit: int = 50_000) -> list[Ingested]:
    bounds = Settings(cache_dir=Path(), data_dir=Path(), max_input_bytes=limit)
    return list(read_inputs([str(given) for given in inputs], options or IngestOptions(), bounds))


def codes(found: list[Ingested]) -> list[str | None]:
    """The report's language where one was read, else the code of the error."""
    return [item.report.language if item.report else item.issues.records[-1].code for item in found]


def test_rows_are_read_one_by_one_and_bad_ones_are_named(tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": "a", "text": TEXT, "published": "2021-05-04T10:00Z", "source": "Example"}),
        '{"text": "broken',
        json.dumps({"text": 5}),
        json.dumps({"title": "nothing"}),
        json.dumps({"id": "b", "text": TEXT, "published": "last week"}),
        json.dumps({"id": "c", "text": "x" * 60_000}),
        json.dumps({"id": 7, "html": f"<html><body><p>{TEXT}</p></body></html>"}),
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    found = read(path)
    assert codes(found) == ["en", "truncated_input", "bad_row", "bad_row", "en", "too_large", "en"]
    assert [item.input_id for item in found][:2] == ["a", f"{path}:2"]
    assert found[0].report
    assert (found[0].report.published, found[0].report.source) == ("2021-05-04", "Example")
    assert found[4].report
    assert found[4].report.published is None
    assert [issue.code for issue in found[4].issues.records] == ["bad_date"]
    assert found[6].input_id == "7"


def test_options_outrank_what_inputs_say(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"text": TEXT, "published": "2020", "source": "Theirs"}), encoding="utf-8")
    report = read(path, options=IngestOptions(published="2021-05-04", source="Ours"))[0].report
    assert report
    assert (report.published, report.source) == ("2021-05-04", "Ours")


def test_a_folder_without_anything_to_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "letter.docx").write_bytes(b"PK")
    assert codes(read(tmp_path)) == ["empty_folder"]


def test_folders_are_read_in_order_and_bad_files_do_not_stop_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.md").write_text(f"# Town taken\n\n{TEXT} See [the map](https://m.example).", encoding="utf-8")
    (tmp_path / "d.html").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "e.txt").write_text("x" * 60_000, encoding="utf-8")
    (tmp_path / "f.json").write_text(json.dumps([{"text": TEXT}, {"text": TEXT}], indent=1), encoding="utf-8")
    (tmp_path / "g.csv").write_text("not read", encoding="utf-8")
    found = read(tmp_path)
    assert codes(found) == ["en", "empty_input", "en", "binary_input", "too_large", "en", "en"]
    assert found[2].report
    assert found[2].report.text == f"Town taken\n\n{TEXT} See the map."


@pytest.mark.parametrize("form", ["{}", "<html><body><p>{}</p></body></html>"], ids=["text", "page"])
def test_a_text_too_long_for_one_report_is_refused_before_it_is_read(tmp_path: Path, form: str) -> None:
    path = tmp_path / "long.txt"
    path.write_text(form.format(f"{TEXT}\n" * 13_000), encoding="utf-8")
    found = read(path, limit=2_000_000)
    assert codes(found) == ["too_large"]
    assert "1,0" in found[0].issues.records[0].message


@pytest.mark.parametrize("content", [TEXT, json.dumps({"text": TEXT}), f"<html><body><p>{TEXT}</p></body></html>"])
def test_standard_input_is_recognised(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    found = read("-")
    assert found[0].report
    assert found[0].report.text == TEXT


def test_a_missing_file_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read(tmp_path / "nowhere.txt")


def test_lines_that_fill_a_column_are_joined_and_others_stay() -> None:
    wrapped = (
        "The army said on Monday that it had taken the town of\nTal Nasri from the rebels, who had held it for more\n"
        "than two years."
    )
    assert report_of_bytes(wrapped.encode(), Facts(), Issues()).text == wrapped.replace("\n", " ")
    listed = "Town taken\nBy Halima Nour\nThe army said so on Monday."
    assert report_of_bytes(listed.encode(), Facts(), Issues()).text == listed


def test_names_hold_no_codes_that_a_terminal_obeys(tmp_path: Path) -> None:
    row = {"id": "a\x1b[2J", "title": "T\x1b[31m", "source": "S\x1b]0;t\x07", "author": "A\u202e", "text": TEXT}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), encoding="utf-8")
    report = read(tmp_path / "rows.jsonl")[0].report
    assert report is not None
    assert (report.input_id, report.title, report.source, report.author) == ("a[2J", "T[31m", "S]0;t", "A")


def test_a_page_of_a_known_outlet_is_that_outlets_unless_it_says_otherwise() -> None:
    assert ingest_text(TEXT, url="https://www.reuters.com/world/1").source == "Reuters"
    assert ingest_text(TEXT, url="https://www.reuters.com/world/1", source="The Desk").source == "The Desk"
    assert ingest_text(TEXT, url="https://news.example/1").source is None


def test_the_id_rests_on_address_and_text() -> None:
    assert ingest_text(TEXT).id == ingest_text(TEXT, title="Other").id
    assert ingest_text(TEXT).id != ingest_text(TEXT, url="https://news.example/1").id


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(alphabet='<p>ad iv/!-\n"=', max_size=80).map(str.encode)))
def test_any_bytes_give_a_report_or_a_refusal(content: bytes) -> None:
    try:
        report = report_of_bytes(content, Facts(), Issues())
    except UnreadableError as refusal:
        assert refusal.code  # noqa: PT017 — either outcome is right
    else:
        assert report.text.strip()
