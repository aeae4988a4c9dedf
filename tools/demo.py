"""The main job on the bundled example reports: `make demo`."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out"
ACCORDING = Path(sys.executable).parent / "according"


def main() -> int:
    """Read the examples, print the table, and write the readings and the map as a picture and as a page."""
    OUT.mkdir(exist_ok=True)
    readings = OUT / "readings.jsonl"
    status = run("read", "examples", "--format", "table")
    status |= run("read", "examples", "-o", readings)
    status |= run(
        "link", readings, "-o", OUT / "incidents.jsonl", "--spells", OUT / "spells.jsonl", "--ties", OUT / "ties.jsonl"
    )
    for name in ("map.png", "map.html"):
        status |= run("map", readings, "-o", OUT / name, "--title", "Examples: who holds what, what happened where")
    for path in sorted(OUT.iterdir()):
        print(f"{path.relative_to(ROOT)}  {path.stat().st_size:,} bytes")
    return status


def run(*arguments: str | Path) -> int:
    """Run one According command from the project's folder, showing what a user would type."""
    shown = [str(argument.relative_to(ROOT)) if isinstance(argument, Path) else argument for argument in arguments]
    print(f"$ according {shlex.join(shown)}", flush=True)
    return subprocess.run([str(ACCORDING), *shown], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
