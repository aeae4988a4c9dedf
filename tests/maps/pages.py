"""What a page of the map carries, unpacked."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

from lxml import html


def page_data(path: Path) -> dict[str, Any]:
    """The page's content."""
    tree: Any = html.document_fromstring(path.read_text(encoding="utf-8"))
    packed = base64.b64decode(tree.xpath("string(//script[@id='data'])"))
    found: dict[str, Any] = json.loads(gzip.decompress(packed))
    return found
