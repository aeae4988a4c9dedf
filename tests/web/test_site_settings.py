"""What the site is told by its environment: secrets may stand in files."""

from __future__ import annotations

from pathlib import Path

import pytest

from according.errors import UsageError
from according.settings import load_site_settings

SECRETS = ("ACCORDING_SECRET", "ACCORDING_PEOPLE_URL", "ACCORDING_MAIL_URL")


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    monkeypatch.setenv("ACCORDING_DATA_DIR", str(tmp_path / "data"))


def test_secrets_are_read_from_the_files_that_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SECRETS:
        (tmp_path / name).write_text(f"what {name} holds\n")
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))
        monkeypatch.setenv(name, "what the environment says")
    found = load_site_settings()
    assert [found.secret, found.people_url, found.mail_url] == [f"what {name} holds" for name in SECRETS]
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe"])
def test_a_file_that_holds_no_secret_is_refused_and_none_made_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    file = tmp_path / "secret-of-ours"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv("ACCORDING_SECRET_FILE", str(file))
    with pytest.raises(UsageError, match="ACCORDING_SECRET_FILE"):
        load_site_settings()
    assert not (tmp_path / "data").exists()


def test_without_any_the_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first = load_site_settings().secret
    assert len(first) >= 32
    assert load_site_settings().secret == first
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o777 == 0o600
