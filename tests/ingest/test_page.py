from __future__ import annotations

import pytest

from according.ingest import UnreadableError, ingest_html
from according.ingest.reports import Facts, report_of_html
from according.issues import Issues
from according.records import Report

ARTICLE = """<p>An air strike hit a market in Tal Nasri on Monday, killing 12 people, officials said.
It was the third in a week.</p>
<p>The army denied that it had carried out the strike,
and said that it would look into the reports of the deaths.</p>"""
WORDPRESS = """<ol class="commentlist">
<li class="comment depth-1">
<article class="comment-body">
<footer class="comment-meta">
<b class="fn">Joe Reader</b> <span class="says">says:</span> <time>4 May</time>
</footer>
<div class="comment-content">
<p>I do not believe it.</p>
<p>Who did it?</p>
</div>
<div class="reply">
<a>Reply</a>
</div>
</article>
<ol class="children">
<li class="comment
depth-2">
<article class="comment-body">
<b class="fn">Ann</b>
<div class="comment-content">
<p>Nobody knows.</p>
</div>
</article>
</li>
</ol>
</li>
</ol>
<div class="comment-respond">Leave a Reply</div>"""
WPDISCUZ = """<div class="wpd-threads">
<div class="comment wpd-comment wpd_comment_level-1">
<div class="wpd-comment-wrap">
<div class="wpd-comment-author">
<a>Joe Reader</a>
</div>
<div class="wpd-comment-date">3 years ago</div>
<div class="wpd-comment-text">
<p>I do not believe it.</p>
<p>Who did it?</p>
</div>
<div class="wpd-comment-footer">Reply</div>
</div>
<div class="comment wpd-comment wpd-reply">
<div class="wpd-comment-wrap">
<div class="wpd-comment-author">Ann</div>
<div class="wpd-comment-text">
<p>Nobody knows.</p>
</div>
</div>
</div>
</div>
</div>"""


def page(comments: str = "", head: str = "") -> str:
    return (
        f'<html lang="en"><head><title>Strike hits market | Example News</title>{head}</head><body><nav>Home</nav>'
        "<article>"
        f"<h1>Strike hits market</h1><figure><figcaption>Smoke over Tal Nasri</figcaption></figure>{ARTICLE}</article>"
        f"{comments}</body></html>"
    )


def said(report: Report, kind: str) -> list[str]:
    return [report.text[block.start : block.end] for block in report.blocks if block.kind == kind]


def test_the_text_holds_headline_body_and_caption() -> None:
    report = ingest_html(page())
    assert said(report, "headline") == [report.title] == ["Strike hits market"]
    assert said(report, "caption") == ["Smoke over Tal Nasri"]
    assert "killing 12 people" in report.text
    assert "Home" not in report.text


@pytest.mark.parametrize("markup", [WORDPRESS, WPDISCUZ], ids=["WordPress", "wpDiscuz"])
def test_comment_threads_keep_author_and_parent(markup: str) -> None:
    report = ingest_html(page(markup))
    assert said(report, "comment") == ["Joe Reader", "I do not believe it.", "Who did it?", "Ann", "Nobody knows."]
    thread = [block for block in report.blocks if block.kind == "comment"]
    assert [block.author for block in thread] == ["Joe Reader"] * 3 + ["Ann"] * 2
    first = report.blocks.index(thread[0])
    assert [block.parent for block in thread] == [None, None, None, first, first]
    assert "Leave a Reply" not in report.text


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2021-05-04T10:00:00+02:00">', "2021-05-04"),
        ('<meta name="date" content="2021-05">', "2021-05"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"20210504T1000"}</script>',
            "2021-05-04",
        ),
        ('<script type="application/ld+json">{"@type":"NewsArticle",</script>', None),
        ('<meta name="date" content="yesterday">', None),
        ("", None),
    ],
)
def test_a_publication_date_is_stated_or_none(head: str, published: str | None) -> None:
    assert ingest_html(page(head=head)).published == published


def test_metadata_names_outlet_author_and_address() -> None:
    head = (
        '<meta property="og:site_name" content="Example News"><link rel="canonical" href="https://news.example/1">'
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","author":[{"name":"H. Nour"}]}]}</script>'
    )
    report = ingest_html(page(head=head))
    assert (report.source, report.author, report.url) == ("Example News", "H. Nour", "https://news.example/1")
    assert ingest_html(page(head=head), source="Elsewhere").source == "Elsewhere"


def test_a_page_cut_off_is_read_and_said_to_be_cut() -> None:
    issues = Issues()
    report = report_of_html(page()[: page().index("The army denied") + 60], Facts(), issues)
    assert "killing 12 people" in report.text
    assert [issue.code for issue in issues.records] == ["truncated_input"]


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(UnreadableError):
        ingest_html("<html><body><script>1</script></body></html>")
