"""The trained reader of roles: which words of a report name who did it, to whom, to what and with which weapon.

A MiniLM body with small heads, fine-tuned on MUC-4 (docs/model.md), runs as int8 ONNX without torch. Rules read without
it: where its file is absent, :func:`load_encoder` gives None and whoever asked says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon", "VictimDescription", "Place")
"""The five roles of the templates (victims by name), victims by description, and where the incident happened."""
TYPES = ("attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage")
EFFECTS = ("DEATH", "INJURY", "NO INJURY OR DEATH", "REGAINED FREEDOM")
CONFIDENCES = (
    "REPORTED AS FACT",
    "SUSPECTED OR ACCUSED",
    "SUSPECTED OR ACCUSED BY AUTHORITIES",
    "CLAIMED OR ADMITTED",
    "POSSIBLE",
)
WINDOW, OVERLAP = 512, 96
LEVELS = (0.04, 0.15, 0.4, 0.7)
"""Probabilities above which words in a row are looked at as a mention: the same place gives longer and shorter ones."""
CLS, SEP = 101, 102
OUTSIDE, BEGIN, INSIDE = range(3)

Array = NDArray[np.float32]
Offsets = Sequence[tuple[int, int]]
Place = tuple[int, int, str]
"""Where words begin and end in a text, and the role they may fill."""


class Mark(msgspec.Struct, frozen=True):
    """Words that may fill a role: where they stand, how likely (0 to 1), and how likely each kind is by head.

    ``score`` is the mean over the word pieces, ``weakest`` the least of them, ``beside`` the likelier neighbour's.
    """

    start: int
    end: int
    role: str
    score: float
    weakest: float
    beside: float
    types: tuple[float, ...]
    effects: tuple[float, ...]
    confidences: tuple[float, ...]


class Marks(msgspec.Struct, frozen=True):
    """What the encoder makes of a text: marked words, and how likely it reports each incident type."""

    mentions: tuple[Mark, ...]
    reported: tuple[float, ...]


class Window(msgspec.Struct, frozen=True):
    """What the heads give for a stretch of word pieces: logits by piece, and the pieces' offsets in the text."""

    offsets: Offsets
    tags: Array
    attention: Array
    evidence: Array
    types: Array
    effects: Array
    confidences: Array


class Encoder:
    """The trained model, loaded once."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Load ``roles.onnx`` and ``tokenizer.json``; ``threads`` are those of one call."""
        import onnxruntime  # noqa: PLC0415 - a second of start-up that most commands do not need
        from tokenizers import Tokenizer  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "roles.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def mark(self, text: str, asked: Iterable[Place] = ()) -> Marks:
        """Mark a text, and say of the places asked about how likely they are; offsets are code points into it."""
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        if not encoded.ids:
            return Marks((), (0.0,) * len(TYPES))
        return marks_of(text, [self._window(encoded, cut) for cut in windows_of(len(encoded.ids))], tuple(asked))

    def _window(self, encoded: Any, cut: slice) -> Window:
        ids = np.array([[CLS, *encoded.ids[cut], SEP]], dtype=np.int64)
        heads = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids)})
        return Window(encoded.offsets[cut], *(head[0, 1:-1] for head in heads))


@cache
def load_encoder() -> Encoder | None:
    """The encoder that ships with the package; None when its file is absent."""
    folder = Path(str(resources.files("according.extract") / "trained"))
    return Encoder(folder) if (folder / "roles.onnx").is_file() else None


def windows_of(pieces: int) -> list[slice]:
    """Where the windows of so many word pieces lie; two places in each are left for the marks at its ends."""
    size = WINDOW - 2
    return [slice(first, first + size) for first in range(0, max(1, pieces - OVERLAP), size - OVERLAP)]


def marks_of(text: str, windows: Sequence[Window], asked: Sequence[Place] = ()) -> Marks:
    """The marks of a text from its windows; what two windows both marked has the mean of both."""
    found: dict[Place, list[Array]] = defaultdict(list)
    for window in windows:
        tags = _softmax(window.tags.reshape(len(window.offsets), len(ROLES), 3))
        kinds = _sigmoid(np.concatenate([window.types, window.effects, window.confidences], axis=1))
        for role, name in enumerate(ROLES):
            inside = 1 - tags[:, role, OUTSIDE]
            wanted = [_pieces(window.offsets, start, end) for start, end, own in asked if own == name]
            for first, last in sorted({*_runs(tags[:, role], window.offsets), *filter(None, wanted)}):
                start, end = _whole_words(text, window.offsets[first][0], window.offsets[last - 1][1])
                told = [inside[first:last].mean(), inside[first:last].min(), _beside(inside, first, last)]
                found[start, end, name].append(np.append(kinds[first:last].mean(axis=0), told))
    return Marks(tuple(_mark(place, rows) for place, rows in sorted(found.items())), _reported(windows))


def _mark(place: Place, rows: Sequence[Array]) -> Mark:
    values = [float(value) for value in np.mean(rows, axis=0)]
    effects, confidences = len(TYPES), len(TYPES) + len(EFFECTS)
    kinds = tuple(values[:effects]), tuple(values[effects:confidences]), tuple(values[confidences:-3])
    score, weakest, beside = values[-3:]
    return Mark(*place, score, weakest, beside, *kinds)


def _beside(inside: Array, first: int, last: int) -> float:
    return float(max(inside[max(0, first - 1) : first].max(initial=0), inside[last : last + 1].max(initial=0)))


def _pieces(offsets: Offsets, start: int, end: int) -> tuple[int, int] | None:
    """The pieces of a place, when the window holds the whole of it."""
    first = bisect_left(offsets, start, key=lambda offset: offset[0])
    last = bisect_left(offsets, end, key=lambda offset: offset[0])
    is_whole = first < last and offsets[first][0] == start and offsets[last - 1][1] >= end
    return (first, last) if is_whole else None


def _runs(tags: Array, offsets: Offsets) -> set[tuple[int, int]]:
    """Runs of pieces that may be in the role at any level, each once."""
    return {run for level in LEVELS for run in _runs_above(level, tags, offsets)}


def _runs_above(level: float, tags: Array, offsets: Offsets) -> Iterator[tuple[int, int]]:
    """Runs of pieces at least so likely in the role; a run ends where another mention begins."""
    inside = 1 - tags[:, OUTSIDE] >= level
    begins = (tags[:, BEGIN] > tags[:, INSIDE]) & (tags[:, BEGIN] >= level)
    first = None
    for index, is_inside in enumerate(inside):
        apart = index > 0 and begins[index] and offsets[index][0] > offsets[index - 1][1]
        if first is not None and (not is_inside or apart):
            yield first, index
            first = None
        if is_inside and first is None:
            first = index
    if first is not None:
        yield first, len(inside)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _reported(windows: Sequence[Window]) -> tuple[float, ...]:
    """How likely each incident type is: every piece's evidence, weighted by attention over the whole text."""
    attention = np.concatenate([window.attention for window in windows])
    evidence = np.concatenate([window.evidence for window in windows])
    weights = np.exp(attention - attention.max(axis=0))
    weights /= weights.sum(axis=0)
    return tuple(float(value) for value in _sigmoid((weights * evidence).sum(axis=0)))


def _softmax(logits: Array) -> Array:
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


def _sigmoid(logits: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)
