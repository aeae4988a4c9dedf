"""How actors are told apart: a colour that colour-blind readers can tell apart, a pattern and letters besides."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

import msgspec

from according.maps.patterns import patterns

# Paul Tol's "muted" and "bright" schemes without their reds, which belong to incidents here.
COLOURS = (
    "#4477aa",
    "#117733",
    "#ddaa33",
    "#aa4499",
    "#44aa99",
    "#332288",
    "#999933",
    "#66ccee",
    "#8c564b",
    "#6b6b6b",
)
LEAST_CONTRAST = 4.5  # of white letters on a colour; dark ones are used below it
SMALL_WORDS = {"of", "the", "and", "for", "in", "al", "el", "de", "la", "du", "des"}


class Paint(msgspec.Struct, frozen=True):
    """The colour and letters of one actor, the colour its letters and its pattern are drawn in, and the pattern."""

    colour: str
    letters: str
    ink: str
    pattern: str


def painted(names: Iterable[str]) -> dict[str, Paint]:
    """A paint for every actor.

    An actor asks for the colour and the pattern its name hashes to, so it keeps them from map to map unless somebody on
    the same map has them already. No two have both the same as long as there are combinations left.
    """
    given: dict[str, Paint] = {}
    for name in sorted(set(names), key=_wish):
        colour = _first_free(COLOURS, _wish(name)[:8], {paint.colour for paint in given.values()})
        taken = {paint.pattern for paint in given.values()}
        like = {paint.pattern for paint in given.values() if paint.colour == colour}
        known = tuple(patterns())
        pattern = _first_free(known, _wish(name)[8:16], taken if len(taken) < len(known) else like)
        letters = _letters(name, {paint.letters for paint in given.values()})
        ink = "#ffffff" if _contrast_with_white(colour) >= LEAST_CONTRAST else "#1d1d1b"
        given[name] = Paint(colour, letters, ink, pattern)
    return given


def _contrast_with_white(colour: str) -> float:
    """The contrast ratio of white on a colour, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _wish(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _first_free(choices: Sequence[str], wish: str, taken: set[str]) -> str:
    """The choice that a hash asks for, or the next one that nobody has."""
    first = int(wish, 16) % len(choices)
    order = [*choices[first:], *choices[:first]]
    return next((choice for choice in order if choice not in taken), order[0])


def _letters(name: str, taken: set[str]) -> str:
    """Two or three letters: an acronym in the name, else its initials, else its first letters; never used twice."""
    acronym = re.findall(r"\b[A-Z]{2,4}\b", name)
    named = [word for word in re.findall(r"[^\W\d_]+", name) if word.lower() not in SMALL_WORDS]
    initials = "".join(word[0] for word in named)[:3].upper()
    first = named[0][:2].capitalize() if named else "?"
    tries = [*(word[:3] for word in acronym), *([initials] if len(initials) > 1 else []), first]
    tries += [first[0] + str(number) for number in range(1, 100)]
    return next(str(letters) for letters in tries if letters not in taken)
