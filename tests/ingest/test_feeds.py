from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from according.ingest import Ingested, IngestOptions, read_inputs
from according.settings import Settings

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<!-- a comment -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Example News &amp; Views</title><link>https://news.example/</link>
<item><title>Army &lt;b&gt;takes&lt;/b&gt; Tal Nasri</title><link>https://news.example/1</link>
<guid isPermaLink="false">https://news.example/?p=1</guid><dc:creator>H. Nour</dc:creator>
<pubDate>Tue, 04 May 2021 00:30:00 +0300</pubDate>
<description>The army said that it …</description>
<content:encoded><![CDATA[<p>The army said on Monday that
it had taken <a href="/map">the town</a>.</p><figure><img src="a.jpg"><figcaption>Tal Nasri on Monday</figcaption>
</figure><p>Rebels denied it.<br>They hold the hill.</p><script>track()</script>]]></content:encoded></item>
<item><title>Город взят</title><link>https://news.example/2</link>
<description>Войска взяли город, сообщили в министерстве.</description></item>
<item><link>https://news.example/3</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title>
<entry><id>tag:news.example,2021:1</id><title>Town taken</title><link href="https://news.example/1"/>
<published>2021-05-04T23:30:00-05:00</published><updated>2021-05-06T10:00:00Z</updated>
<summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The army took Tal Nasri.</p></div></content>
</entry></feed>"""


def read(*inputs: Path | str) -> list[Ingested]:
    bounds = Settings(cache_dir=Path(), data_dir=Path(), max_input_bytes=50_000)
    return list(read_inputs([str(given) for given in inputs], IngestOptions(), bounds))


def test_each_entry_of_a_feed_is_a_report(tmp_path: Path) -> None:
    path = tmp_path / "news.rss"
    path.write_text(RSS.format(encoding="utf-8"), encoding="utf-8")
    first, second, empty = read(tmp_path)
    report = first.report
    assert report
    assert report.text == (
        "Army takes Tal Nasri\n\nThe army said on Monday that it had taken the town.\n\n"
        "Rebels denied it.\n\nThey hold the hill.\n\nTal Nasri on Monday"
    )
    assert [block.kind for block in report.blocks] == ["headline", "caption"]
    assert (report.title, report.url, report.author) == ("Army takes Tal Nasri", "https://news.example/1", "H. Nour")
    assert (report.source, report.published) == ("Example News & Views", "2021-05-04")
    assert first.input_id == report.input_id == "https://news.example/?p=1"
    assert second.report
    assert second.report.text == "Город взят\n\nВойска взяли город, сообщили в министерстве."
    assert second.input_id == f"{path}:2"
    assert [issue.code for issue in empty.issues.records] == ["empty_input"]


def test_an_atom_entry_gives_its_fullest_text_and_its_own_date(tmp_path: Path) -> None:
    path = tmp_path / "news.atom"
    path.write_text(ATOM, encoding="utf-8")
    report = read(path)[0].report
    assert report
    assert report.text == "Town taken\n\nThe army took Tal Nasri."
    assert (report.published, report.input_id) == ("2021-05-04", "tag:news.example,2021:1")


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-16", "utf-8-sig"])
def test_a_feed_in_any_encoding_is_known_on_standard_input(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    content = RSS.format(encoding=encoding).replace("…", "...").encode(encoding)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    found = read("-")
    assert [item.report.title if item.report else None for item in found] == [
        "Army takes Tal Nasri",
        "Город взят",
        None,
    ]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ("<rss version='2.0'><channel><title>Example</title></channel></rss>", ["empty_input"]),
        ("<rss", ["bad_feed"]),
        (RSS[: RSS.index("<guid")], ["read"]),
        ("<?xml version='1.0'?><html><body><p>The army took the town.</p></body></html>", ["read"]),
    ],
    ids=["no entries", "nothing", "cut off", "a page"],
)
def test_feeds_that_are_none_or_broken_are_read_as_far_as_they_go(
    tmp_path: Path, content: str, codes: list[str]
) -> None:
    path = tmp_path / "news.xml"
    path.write_text(content, encoding="utf-8")
    assert ["read" if item.report else item.issues.records[-1].code for item in read(path)] == codes


def test_entities_neither_open_files_nor_grow(tmp_path: Path) -> None:
    inside = tmp_path / "inside.txt"
    inside.write_text("what is inside", encoding="utf-8")
    grown = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 9))
    path = tmp_path / "news.rss"
    path.write_text(
        f'<!DOCTYPE rss [<!ENTITY e0 "grown">{grown}<!ENTITY inside SYSTEM "{inside.as_uri()}">]><rss version="2.0">'
        "<channel><item><title>Town taken</title><description>The army &inside; &e8; said so.</description></item>"
        "</channel></rss>",
        encoding="utf-8",
    )
    report = read(path)[0].report
    assert report
    assert report.text.startswith("Town taken\n\nThe army")
    assert "what is inside" not in report.text
    assert len(report.text) < 200
