"""Settings an operator may change, read from the environment once (``ACCORDING_…``)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import msgspec
import platformdirs

from according.errors import UsageError


class Settings(msgspec.Struct, frozen=True):
    """Where According keeps what it compiles and stores, and its bounds on inputs."""

    cache_dir: Path
    data_dir: Path
    max_input_bytes: int


class SiteSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What the site is called, where it is reached, and where it keeps and sends what people write.

    ``people_url`` is the address of the people's database, ``mail_url`` that of the mail server; both may hold a
    password, so that neither is ever shown. ``address`` has no slash at the end.
    """

    name: str
    address: str | None
    secret: str
    people_url: str
    mail_url: str
    mail_from: str | None


def load_settings() -> Settings:
    """Read the settings from the environment; every one has a default that works. Raises UsageError for a wrong one."""
    return Settings(
        cache_dir=Path(os.environ.get("ACCORDING_CACHE_DIR", platformdirs.user_cache_dir("according"))),
        data_dir=Path(os.environ.get("ACCORDING_DATA_DIR", platformdirs.user_data_dir("according"))),
        max_input_bytes=_whole_number("ACCORDING_MAX_INPUT_BYTES", 50_000_000),
    )


def _whole_number(name: str, otherwise: int) -> int:
    said = os.environ.get(name) or str(otherwise)
    if not (said.isascii() and said.isdecimal() and int(said) > 0):
        raise UsageError(f"{name} is {said}; it is a whole number above 0")
    return int(said)


def load_site_settings() -> SiteSettings:
    """Read the site's settings; the secret is made on the first call. Raises UsageError when a file cannot be read."""
    address = os.environ.get("ACCORDING_ADDRESS", "").rstrip("/") or None
    if address is not None and not address.startswith(("http://", "https://")):
        raise UsageError(f"ACCORDING_ADDRESS is {address}; it begins with http:// or https://")
    return SiteSettings(
        name=os.environ.get("ACCORDING_NAME", "According"),
        address=address,
        secret=_from_environment("ACCORDING_SECRET") or _own_secret(load_settings().data_dir / "secret"),
        people_url=people_url(),
        mail_url=_from_environment("ACCORDING_MAIL_URL") or "console:",
        mail_from=os.environ.get("ACCORDING_MAIL_FROM"),
    )


def people_url() -> str:
    """The address of the people's database: as set, else the file of ACCORDING_PEOPLE or one in the data directory."""
    said = _from_environment("ACCORDING_PEOPLE_URL")
    if said is not None:
        return said
    return f"sqlite:///{os.environ.get('ACCORDING_PEOPLE') or load_settings().data_dir / 'people.db'}"


def _from_environment(name: str) -> str | None:
    """A setting that may hold a secret: from ``NAME``, or from the file that ``NAME_FILE`` names."""
    file = os.environ.get(f"{name}_FILE")
    if file is None:
        return os.environ.get(name) or None
    try:
        said = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{name}_FILE cannot be read: {error}") from error
    if not said:
        raise UsageError(f"{name}_FILE names {file}, which is empty")
    return said


def _own_secret(path: Path) -> str:
    """The secret in a file that only its owner may read, made when it is not there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(48))
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise UsageError(f"the site's secret cannot be kept in {path}: {error.strerror}") from error


def _write_once(path: Path, secret: str) -> None:
    """Write a file that only its owner may read; whoever comes first decides what is in it."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(secret)
    try:
        os.link(new, path)
    except FileExistsError:
        return
    finally:
        new.unlink()
