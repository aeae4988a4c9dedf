"""The documents of the method, as parts of pages: Markdown from the package, or from the checkout it runs from."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

import according
from according.errors import BrokenAssumptionError

DOCUMENTS = {
    "how-it-reads": "How it reads",
    "linking": "How reports are linked",
    "maps": "The map",
    "publication-policy": "Publication policies",
    "quality": "Quality",
    "records": "Records",
    "vocabulary": "Vocabulary",
    "interface": "Machine interface",
}
_PACKAGE = Path(according.__file__).parent
FOLDERS = (_PACKAGE / "documents", _PACKAGE.parents[1] / "docs")


def document(name: str) -> Markup:
    """A whole document."""
    return _rendered(_text(name))


def section(name: str, heading: str) -> Markup:
    """One section of a document, without its heading."""
    parts = _text(name).split("\n## ")
    found = next((part for part in parts if part.startswith(f"{heading}\n")), None)
    if found is None:
        raise BrokenAssumptionError(f"the document {name} has no section {heading!r}")
    return _rendered(found.partition("\n")[2])


@cache
def _text(name: str) -> str:
    for folder in FOLDERS:
        path = folder / f"{name}.md"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise BrokenAssumptionError(f"the document {name} is not installed")


def _rendered(text: str) -> Markup:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    for token in tokens:
        for child in token.children or ():
            _relink(child)
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704 - our own text, escaped


def _relink(token: Token) -> None:
    """Links between documents lead to their pages; those to other files of the checkout lead nowhere."""
    if token.type != "link_open":
        return
    target = str(token.attrGet("href") or "")
    name, _, rest = target.partition(".md")
    if name in DOCUMENTS:
        token.attrSet("href", f"/about/{name}{rest}")
    elif not target.startswith(("http://", "https://", "#")):
        token.attrs.pop("href", None)
