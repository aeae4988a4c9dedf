"""Logistic weights of features, for two classes or several, with a penalty on all but the constant, which is last."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

LEAST_SPREAD = 0.1


def logistic(
    features: np.ndarray, right: np.ndarray, penalty: float, counts: np.ndarray | None = None
) -> tuple[float, ...]:
    """The weights that make what is right likeliest; ``counts`` says how much each row counts (1)."""
    scale = np.maximum(features.std(axis=0), LEAST_SPREAD)
    scaled = features / scale
    held = np.full(features.shape[1], penalty)
    held[-1] = 0
    each = np.ones(len(right)) if counts is None else counts

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = scaled @ w
        chance = 1 / (1 + np.exp(-score))
        value = (each * (np.logaddexp(0, score) - right * score)).sum() + (held * w * w).sum() / 2
        return value, scaled.T @ (each * (chance - right)) + held * w

    answer = minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B")
    return tuple(round(float(w), 4) for w in answer.x / scale)


def multinomial(features: np.ndarray, classes: np.ndarray, count: int, penalty: float) -> list[tuple[float, ...]]:
    """The weights of each class that make the right ones likeliest."""
    width = features.shape[1]
    held = np.full((width, 1), penalty)
    held[-1] = 0
    right = np.eye(count)[classes]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(width, count)
        scores = features @ weights
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        value = -np.log((chances * right).sum(axis=1)).sum() + (held * weights * weights).sum() / 2
        return value, (features.T @ (chances - right) + held * weights).ravel()

    answer = minimize(loss, np.zeros(width * count), jac=True, method="L-BFGS-B")
    return [tuple(round(float(w), 4) for w in each) for each in answer.x.reshape(width, count).T]
