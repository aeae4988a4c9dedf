from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.ingest.normalise import decode, normalise
from according.ingest.unreadable import UnreadableError

RUSSIAN = "Войска взяли город в понедельник, сообщили в министерстве обороны. Потерь нет. " * 3
ARABIC = "سيطر الجيش على المدينة يوم الاثنين وفق ما أعلنت وزارة الدفاع. " * 3


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("the\u00a0 army\u202f5", "the army 5"),
        ("two  spaces stay", "two  spaces stay"),
        ("so\u00adft zero\u200bwidth \ufeffmark", "soft zerowidth mark"),
        ("\u202eabc\u202c \u2066x\u2069", "abc x"),
        ("Tora\u0308", "Tor\u00e4"),
        ("a\x00b\x07c", "abc"),
        ("a\u200db", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("x\ud800y", "x\ufffdy"),
    ],
)
def test_a_text_has_one_form(raw: str, text: str) -> None:
    assert normalise(raw) == text


@given(st.text(max_size=60))
def test_normalising_again_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Düzce".encode("utf-8-sig"), "Düzce"),
        ("Düzce".encode("utf-16"), "Düzce"),
        ("Army takes Düzce".encode("utf-16-le"), "Army takes Düzce"),
        (ARABIC.encode("utf-16-be"), ARABIC),
        (f"<p>{RUSSIAN}</p>".encode("utf-16-le"), f"<p>{RUSSIAN}</p>"),
        (b"A stray\x00 null in a line of text.", "A stray\x00 null in a line of text."),
        (b'<meta charset="windows-1251"><p>' + "Город".encode("cp1251"), '<meta charset="windows-1251"><p>Город'),
        (b"<meta charset=iso-8859-1>\x93hold\x94", "<meta charset=iso-8859-1>“hold”"),
        (RUSSIAN.encode("cp1251"), RUSSIAN),
        (ARABIC.encode("cp1256"), ARABIC),
        ("Город взят".encode()[:-1], "Город взя\ufffd"),
    ],
)
def test_bytes_in_any_encoding_become_text(content: bytes, text: str) -> None:
    assert decode(content) == text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_input"),
        (b" \n\xef\xbb\xbf ", "empty_input"),
        (b"%PDF-1.7 ...", "binary_input"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary_input"),
        (bytes(range(256)) * 8, "binary_input"),
        (bytes(value for step in range(4000) for value in (step * 37 % 251, step * 91 % 3)), "binary_input"),
    ],
)
def test_what_is_no_text_says_so(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(content)
    assert caught.value.code == code


@given(st.binary(max_size=300))
def test_any_bytes_become_text_or_a_plain_refusal(content: bytes) -> None:
    try:
        text = decode(content)
    except UnreadableError as refusal:
        assert refusal.code in {"empty_input", "binary_input"}  # noqa: PT017 — either outcome is right
    else:
        assert isinstance(text, str)
