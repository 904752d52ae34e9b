"""Make .venv hold exactly what a lock file says: `python3 -m scripts.sync run`, or `dev`. Instant when it already does.

Runs on the machine's own Python with nothing installed. Installs with uv (in .tools) because that takes seconds where
pip takes minutes; where uv can't be had, pip reads the same lock. Which index the packages come from is the machine's
own setting: no file here names one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from hashlib import sha256
from pathlib import Path

from scripts.packages import install, stop

UV = "uv==0.13.9"
ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
STAMP = VENV / "synced"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
PYTHON = VENV / "bin" / "python"


def quiet(*command: str | Path) -> bool:
    """Run a command; True when it went well."""
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    ended = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False)
    return ended.returncode == 0


def needed(command: list[str | Path], sentence: str) -> None:
    """Run a command that nothing works without."""
    if not quiet(*command):
        stop(sentence)


def stamp_of(which: str) -> str:
    """What STAMP says when .venv holds this lock and this project."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    installs = [project[table] for table in ("project", "build-system")]
    digest = sha256((ROOT / LOCKS[which]).read_bytes() + repr(installs).encode()).hexdigest()
    return f"{which} {digest} {ROOT} {sys.version.split()[0]}"


def up_to_date(which: str) -> bool:
    """Whether .venv already holds the lock; the development lock holds all of the other."""
    enough = ("run", "dev") if which == "run" else ("dev",)
    return STAMP.exists() and PYTHON.exists() and STAMP.read_text() in [stamp_of(name) for name in enough]


def uv() -> Path | None:
    """The pinned uv in .tools, installed at first; None where it can't be had."""
    program = TOOLS / "bin" / "uv"
    marker = TOOLS / UV
    if program.exists() and marker.exists():
        return program
    needed([sys.executable, "-m", "venv", "--clear", TOOLS], "could not make .tools with python3 -m venv.")
    if not quiet(TOOLS / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", UV):
        print(f"samlad: {UV} could not be had, going on with pip, which takes minutes", flush=True)
        return None
    marker.touch()
    return program


def sync(which: str) -> None:
    """Fill .venv from the lock."""
    lock = LOCKS[which]
    failed = f"could not install {lock}; the lines above say why (is the package index reachable?)."
    program = uv()
    usable = PYTHON.exists() and quiet(
        PYTHON, "-c", f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    )
    if program:
        if not usable:
            needed([program, "venv", "-q", "--clear", "--python", sys.executable, VENV], "could not make .venv.")
        pip: list[str | Path] = [program, "pip"]
        needed([*pip, "sync", "-q", "--python", PYTHON, "--require-hashes", lock], failed)
        needed([*pip, "install", "-q", "--no-deps", "--python", PYTHON, "-e", "."], "could not install samlad itself.")
    else:
        if not usable or not quiet(PYTHON, "-m", "pip", "--version"):
            needed([sys.executable, "-m", "venv", "--clear", VENV], "could not make .venv with python3 -m venv.")
        pip = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        needed([*pip, "--require-hashes", "-r", lock], failed)
        needed([*pip, "--no-deps", "-e", "."], "could not install samlad itself.")


def main(which: str) -> None:
    """See the module's docstring."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs before anything could have checked it
        stop(f"Python 3.11 or later is needed; {sys.executable} is {sys.version.split()[0]}.")
    if up_to_date(which):
        return
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian leaves it out of python3; only the import can tell
    except ImportError:
        install("python3-venv", what="python3-venv (making virtual environments)")
    print(f"samlad: installing {LOCKS[which]} into .venv", flush=True)
    STAMP.unlink(missing_ok=True)
    sync(which)
    STAMP.write_text(stamp_of(which))


if __name__ == "__main__":
    main(sys.argv[1])
