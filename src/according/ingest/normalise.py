"""Bytes to text, once: whatever encoding a page came in, the text that all offsets count."""

from __future__ import annotations

import re
import unicodedata

from according.ingest.unreadable import UnreadableError

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_MAGIC = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip file",
    b"BZh": "a bzip2 file",
    b"\xfd7zXZ": "an xz file",
    b"7z\xbc\xaf": "a 7-zip archive",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
}
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding=["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_DECLARATION_REACH = 4096
_GUESS_REACH = 65536
# What pages mean when they say these, as browsers read them.
_WEB_NAMES = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "windows-874": "cp874",
    "x-sjis": "cp932",
}

_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
# A no-break space beside ordinary spaces is a trace of the editor that wrote the page, not a wider gap.
_ODD_SPACES = re.compile(
    "[ \t]*[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000][ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]*"
)
# Controls, bidirectional controls, soft hyphens and zero-width characters: they show nothing and split words.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
# Joiners shape words in Persian, Urdu, Kurdish and Indic scripts and in emoji; beside Latin letters they only hide.
_IDLE_JOINERS = re.compile(
    "(?<![\u0600-\u0fff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]+|[\u200c\u200d]+(?![\u0600-\u0fff\u2600-\u27bf\U0001f000-\U0001faff])"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_NOT_PLAIN = re.compile("[^\n -~]")
_BINARY_SHARE = 0.02
_FEW_ODD = 3
# Shares that tell UTF-16: nulls among all bytes, and nulls on the wrong side among those on the right one.
_NULL_SHARE = 0.02
_STRAY_SHARE = 0.02


def normalise(text: str) -> str:
    """Bring a text into the one form all offsets count: NFC, line feeds, plain spaces, nothing invisible."""
    if not _NOT_PLAIN.search(text):
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = _ODD_SPACES.sub(" ", text)
    text = _IDLE_JOINERS.sub("", text)
    text = _SURROGATES.sub("\ufffd", text)
    return unicodedata.normalize("NFC", text)


def decode(content: bytes, charset: str | None = None) -> str:
    """Text from bytes in any encoding a page may have; raises :class:`UnreadableError` for what is no text at all.

    ``charset`` is what the server said; it counts for bytes that are not UTF-8, before what the page says of itself.
    """
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("empty_input", "The input is empty.")
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, "replace")
    _refuse_known_binaries(content)
    wide = _wide_encoding(content[:_GUESS_REACH])
    try:
        text = content.decode(wide, "replace") if wide else content.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _decode_otherwise(content, error, charset)
    _refuse_binary(text)
    return text


def _refuse_known_binaries(content: bytes) -> None:
    for magic, kind in _MAGIC.items():
        if content.startswith(magic):
            raise UnreadableError("binary_input", f"The input is {kind}, not text.")


def _refuse_binary(text: str) -> None:
    sample = text[:_GUESS_REACH]
    odd = sum(1 for character in sample if character == "\ufffd" or (character < " " and character not in "\t\n\r\f\v"))
    if odd > max(_FEW_ODD, len(sample) * _BINARY_SHARE):
        raise UnreadableError("binary_input", "The input is binary data, not text.")


def _decode_otherwise(content: bytes, error: UnicodeDecodeError, charset: str | None) -> str:
    """Decode bytes that are not valid UTF-8: as declared, as damaged UTF-8, or by the best guess."""
    declared = (_known_encoding(charset) if charset else None) or _declared_encoding(content)
    if declared and declared != "utf-8":
        return content.decode(declared, "replace")
    if _is_damaged_utf8(content, error):
        return content.decode("utf-8", "replace")
    return content.decode(_guess(content), "replace")


def _declared_encoding(content: bytes) -> str | None:
    match = _DECLARED.search(content[:_DECLARATION_REACH])
    if match is None:
        return None
    return _known_encoding((match.group(1) or match.group(2)).decode("ascii", "replace"))


def _known_encoding(name: str) -> str | None:
    """Python's name for what pages call an encoding, or None for what is none of text."""
    name = name.strip(" \"'").lower()
    name = _WEB_NAMES.get(name, name)
    try:
        "".encode(name)
    except (LookupError, UnicodeError):
        return None
    return name


def _is_damaged_utf8(content: bytes, error: UnicodeDecodeError) -> bool:
    """Whether nearly all of it is UTF-8: cut off inside a character, or pasted together from two encodings."""
    if error.start >= len(content) - 3:
        return True
    text = content[:_GUESS_REACH].decode("utf-8", "replace")
    wide = sum(1 for character in text if character > "\x7f" and character != "\ufffd")
    return text.count("\ufffd") * 10 < wide


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a byte order mark: spaces and markup have a null beside them, always on the same side."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd <= max(_FEW_ODD, len(sample) * _NULL_SHARE):
        return None
    if even <= odd * _STRAY_SHARE:
        encoding = "utf-16-le"
    elif odd <= even * _STRAY_SHARE:
        encoding = "utf-16-be"
    else:
        return None
    text = sample.decode(encoding, "replace")
    unreal = sum(unicodedata.category(character) in ("Cn", "Co") or character == "\ufffd" for character in text)
    return encoding if unreal <= max(_FEW_ODD, len(text) * _BINARY_SHARE) else None


def _guess(content: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 — only bytes that say nothing about themselves need it

    best = from_bytes(
        content[:_GUESS_REACH],
        cp_isolation=[
            "cp1252",
            "cp1250",
            "cp1251",
            "cp1253",
            "cp1254",
            "cp1255",
            "cp1256",
            "koi8_r",
            "koi8_u",
            "gb18030",
            "big5",
            "cp932",
            "euc_kr",
        ],
    ).best()
    return best.encoding if best else "cp1252"
