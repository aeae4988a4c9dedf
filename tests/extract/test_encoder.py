"""The encoder's marks: runs of likely pieces, whole words, windows that overlap; and the model that ships."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from according.extract.encoder import LEVELS, ROLES, TYPES, Encoder, Mark, Window, load_encoder, marks_of, windows_of

TEXT = "gunmen shot the mayor"
OFFSETS = [(0, 3), (3, 6), (7, 11), (12, 15), (16, 21)]


def window(tags: dict[tuple[int, str], tuple[float, float]], offsets: list[tuple[int, int]] = OFFSETS) -> Window:
    """A window whose pieces are outside every role, but for the (begin, inside) logits given."""
    logits = np.zeros((len(offsets), len(ROLES), 3), dtype=np.float32)
    logits[:, :, 0] = 8
    for (piece, role), (begin, inside) in tags.items():
        logits[piece, ROLES.index(role)] = (0, begin, inside)
    zeros = np.zeros((len(offsets), len(TYPES)), dtype=np.float32)
    return Window(offsets, logits.reshape(len(offsets), -1), zeros, zeros, zeros, zeros[:, :4], zeros[:, :5])


def marked(mentions: tuple[Mark, ...]) -> set[tuple[str, str]]:
    return {(mark.role, TEXT[mark.start : mark.end]) for mark in mentions}


def test_pieces_of_one_word_are_marked_as_the_word() -> None:
    found = marks_of(TEXT, [window({(0, "PerpInd"): (8, 0), (4, "Victim"): (8, 0)})])
    assert marked(found.mentions) == {("PerpInd", "gunmen"), ("Victim", "mayor")}


def test_a_mention_that_begins_ends_the_one_before() -> None:
    tags = {(2, "Target"): (8.0, 0.0), (3, "Target"): (8.0, 0.0), (4, "Target"): (0.0, 8.0)}
    found = marks_of(TEXT, [window(tags)])
    assert marked(found.mentions) == {("Target", "shot"), ("Target", "the mayor")}


def test_places_asked_about_are_told_of_however_unlikely() -> None:
    asked = [(12, 15, "Target"), (13, 15, "Target"), (16, 40, "Target")]
    found = marks_of(TEXT, [window({(0, "PerpInd"): (8, 0)})], asked)
    assert marked(found.mentions) == {("PerpInd", "gunmen"), ("Target", "the")}
    assert min(mark.score for mark in found.mentions) < LEVELS[0]


def test_what_two_windows_mark_has_the_mean_of_both() -> None:
    sure = window({(4, "Victim"): (9, 0)})
    unsure = window({(4, "Victim"): (0, 0)})
    alone = marks_of(TEXT, [sure]).mentions[0]
    (both,) = marks_of(TEXT, [sure, unsure]).mentions
    assert both.score < alone.score


def test_windows_cover_a_text_and_overlap() -> None:
    cuts = windows_of(1300)
    assert cuts[0].start == 0
    assert cuts[-1].stop >= 1300
    assert all(later.start < earlier.stop for earlier, later in itertools.pairwise(cuts))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    found = load_encoder()
    assert found is not None, "the trained model ships with the package"
    return found


def test_the_model_marks_who_did_what_to_whom(encoder: Encoder) -> None:
    text = "guerrillas of the northern front kidnapped the mayor of the town, pedro salas, on tuesday night."
    found = encoder.mark(text)
    likely = {(mark.role, text[mark.start : mark.end]) for mark in found.mentions if mark.score > 0.5}
    assert any(role == "PerpInd" and "guerrillas" in words for role, words in likely)
    assert any(role == "Victim" and "pedro salas" in words for role, words in likely)
    assert found.reported[TYPES.index("kidnapping")] == max(found.reported)


def test_a_text_without_words_has_no_marks(encoder: Encoder) -> None:
    assert encoder.mark("").mentions == ()
