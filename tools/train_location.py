"""Train the weights that decide where an event was, from ``shared/gold/event_location``.

    pip install scikit-learn
    python tools/train_location.py ../shared/gold/event_location/sentences.jsonl > location_weights.json
    mv location_weights.json src/according/vocabulary/

The sentences (MIT licence) are split five ways by their text; the accuracy written into the file is on the held-out
fifths, the weights are then fitted on all of them.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from math import log
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from according.evaluate.event_location import parse_sentences, places_of, read_gold, trigger_of
from according.extract.location_features import features
from according.extract.place_candidates import place_candidates
from according.vocabulary import load_vocabulary

FOLDS = 5
RAREST = 5
STRENGTH = 1.0
THRESHOLDS = [step / 20 for step in range(3, 15)]

# A marked event: its sentence, whether a place is marked, and per candidate its features and whether it is that place.
Event = tuple[str, bool, list[tuple[dict[str, float], bool]]]


def read(path: Path) -> list[Event]:
    """The marked events with the features of every candidate."""
    gold = read_gold(path)
    sentences = parse_sentences([item.text for item in gold], load_vocabulary())
    events: list[Event] = []
    for item in gold:
        sentence, wanted = sentences[item.text], places_of(item)
        for span in item.spans:
            trigger = trigger_of(sentence, span) if span.label == "VERB" else None
            if trigger is None:
                continue
            candidates, rows = place_candidates(sentence), []
            for index, each in enumerate(candidates):
                first, last = each.tokens[0].idx, each.tokens[-1].idx + len(each.tokens[-1])
                right = any(first < end and start < last for start, end in wanted)
                rows.append((features(sentence, trigger, candidates, index), right))
            events.append((item.text, bool(wanted), rows))
    return events


def fit(events: list[Event]) -> tuple[dict[str, float], float]:
    """Weights and intercept of the candidates of some events."""
    rows = [row for _, _, candidates in events for row in candidates]
    counts = Counter(name for found, _ in rows for name in found)
    kept = [{name: value for name, value in found.items() if counts[name] >= RAREST} for found, _ in rows]
    vectors = DictVectorizer()
    # scikit-learn takes only narrow indices.
    matrix = vectors.fit_transform(kept)
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(matrix, [right for _, right in rows])
    weights = dict(zip(vectors.get_feature_names_out(), model.coef_[0].tolist(), strict=True))
    return weights, float(model.intercept_[0])


def best(model: tuple[dict[str, float], float], event: Event) -> tuple[float, bool]:
    """The score of an event's best candidate, on the scale of the weights, and whether it is right."""
    weights, intercept = model
    scored = [(intercept + sum(weights.get(n, 0.0) * v for n, v in f.items()), right) for f, right in event[2]]
    return max(scored, default=(-99.0, False))


def right(event: Event, choice: tuple[float, bool], threshold: float) -> bool:
    """Whether the choice is right at a threshold of probability."""
    taken = choice[0] >= log(threshold / (1 - threshold))
    return choice[1] if taken else not event[1]


def main() -> None:
    """Print the weights as JSON."""
    events = read(Path(sys.argv[1]))
    texts = sorted({event[0] for event in events})
    random.Random(0).shuffle(texts)  # noqa: S311
    fold = {text: index % FOLDS for index, text in enumerate(texts)}
    choices = []
    for held in range(FOLDS):
        model = fit([event for event in events if fold[event[0]] != held])
        choices += [(event, best(model, event)) for event in events if fold[event[0]] == held]
    totals = {t: sum(right(event, choice, t) for event, choice in choices) for t in THRESHOLDS}
    threshold = max(totals, key=lambda t: totals[t])
    accuracy = totals[threshold] / len(choices)
    print(f"held-out accuracy {accuracy:.3f} at {threshold}", file=sys.stderr)
    weights, intercept = fit(events)
    model = {
        "trained_on": f"{len(events)} events of shared/gold/event_location (MIT); accuracy held out {accuracy:.3f}",
        "intercept": round(intercept, 4),
        "threshold": threshold,
        "weights": {name: round(value, 3) for name, value in sorted(weights.items()) if abs(value) >= 0.01},
    }
    print(json.dumps(model, indent=0, ensure_ascii=False))


if __name__ == "__main__":
    main()
