"""Write weights as int8 ONNX: ``python tools/train/export.py .train/epoch7.pt src/according/extract/trained``."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import torch
from encoder import SOURCE, RoleReader
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel

OUTPUTS = ("tags", "attention", "evidence", "types", "effects", "confidences")


def export(weights: Path, folder: Path) -> None:
    """Write ``roles.onnx``, quantised per channel, and the tokenizer beside it."""
    body = AutoModel.from_pretrained(str(SOURCE), attn_implementation="eager")
    model = RoleReader(body)
    model.load_state_dict(torch.load(weights))
    model.eval()
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.ones(1, 16, dtype=torch.int64)
    axes = {0: "texts", 1: "pieces"}
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            model,
            (ids, torch.ones_like(ids)),
            str(whole),
            input_names=["ids", "mask"],
            output_names=list(OUTPUTS),
            dynamic_axes=dict.fromkeys(("ids", "mask", *OUTPUTS), axes),
            dynamo=False,
            opset_version=17,
        )
        quantize_dynamic(whole, folder / "roles.onnx", per_channel=True, weight_type=QuantType.QInt8)
    shutil.copy(SOURCE / "tokenizer.json", folder / "tokenizer.json")


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
