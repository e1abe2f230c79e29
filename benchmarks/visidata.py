"""VisiData, the peer of the terminal application: of one version everywhere, in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

_REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def visidata() -> str | None:
    """Return the path of `vd`, installed when it is first asked for; None where it cannot be installed."""
    digest = sha256(_REQUIREMENTS.read_bytes()).hexdigest()[:12]
    folder = user_cache_path("partner-tui") / "benchmarks" / f"{digest}-peers"
    program = folder / "bin" / "vd"
    if not program.exists():
        try:
            subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
            pip: list[str | Path] = [
                folder / "bin" / "python",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ]
            subprocess.run([*pip, "--requirement", _REQUIREMENTS], check=True)
        except (OSError, subprocess.CalledProcessError):
            return None
    return str(program)
