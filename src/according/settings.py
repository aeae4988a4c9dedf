"""Settings an operator may change, read from the environment once (``ACCORDING_…``)."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import platformdirs


class Settings(msgspec.Struct, frozen=True):
    """Where According keeps what it compiles and stores, and its bounds on inputs."""

    cache_dir: Path
    data_dir: Path
    max_input_bytes: int = 50_000_000


def load_settings() -> Settings:
    """Read the settings from the environment; every one has a default that works."""
    return Settings(
        cache_dir=Path(os.environ.get("ACCORDING_CACHE_DIR", platformdirs.user_cache_dir("according"))),
        data_dir=Path(os.environ.get("ACCORDING_DATA_DIR", platformdirs.user_data_dir("according"))),
        max_input_bytes=int(os.environ.get("ACCORDING_MAX_INPUT_BYTES", "50000000")),
    )
