from __future__ import annotations

import builtins
import gzip
from pathlib import Path
from typing import Any

import duckdb
import pytest

from according.ingest import Ingested, IngestOptions, read_inputs
from according.settings import Settings

TEXT = "The army said on Monday that it had taken the town of Tal Nasri from the rebels."
RUSSIAN = "Войска взяли город в понедельник, сообщили в министерстве обороны."


def read(*inputs: Path, limit: int = 50_000) -> list[Ingested]:
    bounds = Settings(cache_dir=Path(), data_dir=Path(), max_input_bytes=limit)
    return list(read_inputs([str(given) for given in inputs], IngestOptions(), bounds))


def outcomes(found: list[Ingested]) -> list[str | None]:
    """The address of each report, or the code of the error in its place."""
    return [item.report.url if item.report else item.issues.records[-1].code for item in found]


def response(
    name: str,
    body: bytes | None = None,
    *,
    kind: str = "text/html; charset=windows-1251",
    status: str = "200 OK",
    encoding: str | None = None,
) -> bytes:
    body = f"<html><body><p>{RUSSIAN}</p></body></html>".encode("cp1251") if body is None else body
    coded = f"Content-Encoding: {encoding}\r\n" if encoding else ""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{coded}Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{name}\r\n"
        f"WARC-Date: 2021-05-04T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{name}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_an_archive_gives_its_pages_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    records = [
        response("a"),
        response("gone", status="404 Not Found"),
        response("photo", b"\xff\xd8\xff", kind="image/jpeg"),
        response("b", gzip.compress(f"<html><body><p>{TEXT}</p></body></html>".encode()), encoding="gzip"),
        response("long", b"<html><body><p>" + b"word " * 20_000),
    ]
    path.write_bytes(b"".join(map(gzip.compress, records)))
    found = read(tmp_path)
    assert outcomes(found) == ["https://news.example/a", "https://news.example/b", "too_large"]
    first, second = found[0].report, found[1].report
    assert first
    assert second
    assert (first.text, first.retrieved, first.language) == (RUSSIAN, "2021-05-04T10:00:00Z", "ru")
    assert second.text == TEXT


@pytest.mark.parametrize("packed", [True, False], ids=["gzip", "plain"])
@pytest.mark.parametrize("damage", [b"WARX", b"\xff" * 40], ids=["wrong start", "noise"])
def test_one_broken_record_does_not_hide_the_next(tmp_path: Path, *, packed: bool, damage: bytes) -> None:
    records = [gzip.compress(response(name)) if packed else response(name) for name in "abcd"]
    at = 30 if packed else 0
    records[2] = records[2][:at] + damage + records[2][at + len(damage) :]
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    path.write_bytes(b"".join(records))
    assert outcomes(read(path)) == [
        "https://news.example/a",
        "https://news.example/b",
        "bad_record",
        "https://news.example/d",
    ]


def test_an_archive_cut_off_gives_what_is_there_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes((gzip.compress(response("a")) + gzip.compress(response("b")))[:-120])
    assert outcomes(read(path)) == ["https://news.example/a", "bad_record"]


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"\x1f\x8b\x08..."])
def test_what_is_no_archive_is_refused_in_one_issue(tmp_path: Path, content: bytes) -> None:
    for name in ("crawl.warc.gz", "rows.parquet"):
        path = tmp_path / name
        path.write_bytes(content)
        assert [item.report for item in read(path)] == [None]


def write_parquet(path: Path, query: str) -> None:
    literal = str(path).replace("'", "''")
    duckdb.sql(f"COPY ({query}) TO '{literal}' (FORMAT parquet)")


def test_rows_of_a_parquet_file_are_read_in_order_and_bad_ones_are_named(tmp_path: Path) -> None:
    path = tmp_path / "rows [1].parquet"
    write_parquet(
        path,
        f"""SELECT * FROM (VALUES
        (7, '{TEXT}', NULL, TIMESTAMP '2021-05-04 10:00', 'https://news.example/a', [1]),
        (8, NULL, NULL, NULL, NULL, NULL),
        (9, repeat('word ', 20000), NULL, NULL, NULL, NULL),
        (NULL, NULL, encode('<html><body><p>{RUSSIAN}</p></body></html>'), NULL, 'https://news.example/b', NULL)
        ) AS rows(id, "text", html, published, url, extra)""",
    )
    found = read(path)
    assert outcomes(found) == ["https://news.example/a", "bad_row", "too_large", "https://news.example/b"]
    assert [item.input_id for item in found] == ["7", "8", f"{path}:3", f"{path}:4"]
    first, last = found[0].report, found[3].report
    assert first
    assert last
    assert (first.text, first.published) == (TEXT, "2021-05-04")
    assert last.text == RUSSIAN


def test_a_parquet_file_without_reports_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    write_parquet(path, "SELECT 1 AS id, 'x' AS title")
    assert outcomes(read(path)) == ["bad_row"]


@pytest.mark.parametrize(("name", "library"), [("crawl.warc", "fastwarc"), ("rows.parquet", "duckdb")])
def test_an_absent_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"WARC/1.0")
    load = builtins.__import__

    def absent(module: str, *args: Any) -> Any:
        if module.split(".", maxsplit=1)[0] == library:
            raise ImportError(module)
        return load(module, *args)

    monkeypatch.setattr(builtins, "__import__", absent)
    found = read(path)
    assert outcomes(found) == ["missing_extra"]
    assert "pip install according[archives]" in found[0].issues.records[0].message
