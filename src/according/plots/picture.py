"""A scene to a file, by the file's ending."""

from __future__ import annotations

from pathlib import Path

from according.errors import UsageError
from according.plots.scene import Scene
from according.plots.svg import to_svg


def write_picture(scene: Scene, path: Path, fonts: Path) -> None:
    """Write a scene as .svg or .png; ``fonts`` is the folder of Noto Sans that a PNG is set in."""
    match path.suffix.lower():
        case ".svg":
            path.write_text(to_svg(scene), encoding="utf-8")
        case ".png":
            from according.plots.raster import to_image  # noqa: PLC0415 - Pillow loads only when pixels are drawn

            to_image(scene, fonts).save(path, optimize=True)
        case _:
            raise UsageError(f"{path} is no .svg or .png file")
