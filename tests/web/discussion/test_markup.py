"""Comments' text as HTML: what works, and that nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from according.errors import UsageError
from according.web.discussion.markup import TAGS, clean_name, clean_text, to_html

LINK = 'rel="nofollow ugc noopener"'


def claims(beginning: str) -> str | None:
    return f"/report/r#claim-{beginning}" if beginning.startswith("a") else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("# no heading", "<p># no heading</p>"),
        ("<b>x</b> &amp;", "<p>&lt;b&gt;x&lt;/b&gt; &amp;</p>"),
        ("at https://e.org/a_b, ok", f'<p>at <a href="https://e.org/a_b" {LINK}>https://e.org/a_b</a>, ok</p>'),
        ("[x](data:text/html,x)", "<p>[x](data:text/html,x)</p>"),
        ("#claim-abcdef0123", f'<p><a href="/report/r#claim-abcdef0123" {LINK}>#claim-abcdef0123</a></p>'),
        ("#claim-bbbbbbbbbb", "<p>#claim-bbbbbbbbbb</p>"),
    ],
)
def test_a_little_markdown(text: str, expected: str) -> None:
    assert to_html(text, claims) == expected


@given(st.text(alphabet="<>&\"'[]()!*_`#\\/ \nabijavscript:onerror=httpsx.", max_size=200))
def test_nothing_but_the_known_tags_comes_out(text: str) -> None:
    made = to_html(text, claims)
    for node in html.fragment_fromstring(made, create_parent="section").iterdescendants():
        assert node.tag in TAGS
        assert set(node.attrib) <= {"href", "rel"}
        assert node.tag != "a" or str(node.get("href")).startswith(("http://", "https://", "/report/"))


def test_names_stay_on_one_line_and_turn_nothing() -> None:
    assert clean_name(" Le\u202eila\n H.\x00 ", 60) == "Leila H."
    assert clean_text("cafe\u0301\r\n\r\n\r\n\r\nx\x07", 20, "it") == "café\n\nx"
    with pytest.raises(UsageError, match="it is empty"):
        clean_text("\x00\n", 20, "it")
