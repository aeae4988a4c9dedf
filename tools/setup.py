"""Build the project's virtual environment: `python tools/setup.py .venv`. Run by `make setup`; needs no packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
DEBIAN_PACKAGES = ("libegl1", "libgl1-mesa-dri", "libcurl4", "fonts-noto-core", "chromium")


def main() -> int:
    """Create the environment, install the locked packages by hash, then the project itself, then system libraries."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        print(f"According needs Python 3.11 to 3.13; this is {sys.version.split()[0]}. Set PYTHON=… for make.")
        return 2
    venv = Path(sys.argv[1])
    python = venv / "bin" / "python"
    packages = sum("==" in line for line in LOCK.read_text(encoding="utf-8").splitlines())
    print(f"Setting up {venv}: {packages} packages, 1.5 GB on disk; a minute or two on a fast line.", flush=True)
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    subprocess.run([*pip, "--require-hashes", "--no-deps", "-r", str(LOCK)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
    install_system_libraries()
    return 0


def install_system_libraries() -> None:
    """Install the Debian packages the static map and the browser tests need, or name them when that takes root."""
    missing = [name for name in DEBIAN_PACKAGES if not is_installed(name)]
    if not missing:
        return
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        print(f"For map pictures and browser tests, install as root: apt-get install {' '.join(missing)}")
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([apt, "-qq", "update"], check=True, env=environment)
    command = [apt, "-qq", "install", "-y", "--no-install-recommends", *missing]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


def is_installed(package: str) -> bool:
    """Whether dpkg knows the package as installed; on a system without dpkg, nothing is."""
    if shutil.which("dpkg-query") is None:
        return False
    query = ["dpkg-query", "-W", "-f=${Status}", package]
    answer = subprocess.run(query, capture_output=True, text=True, check=False)
    return answer.stdout.endswith("install ok installed")


if __name__ == "__main__":
    sys.exit(main())
