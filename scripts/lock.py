"""Resolve pyproject.toml into the two locks, with hashes and without the address of any index.

Versions already locked stay unless an argument says otherwise: `--upgrade`, or `--upgrade-package NAME`.
"""

import sys
from pathlib import Path

from scripts.packages import stop
from scripts.sync import LOCKS, needed, uv

COMMAND = "make lock"


def main() -> None:
    """The lock for running first; the one for development holds the same versions of the same packages."""
    program = uv()
    if program is None:
        stop("locking needs uv.")
    compile_: list[str | Path] = [program, "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes", "-q"]
    compile_ += ["--custom-compile-command", COMMAND, *sys.argv[1:]]
    needed([*compile_, "-o", LOCKS["run"]], "could not resolve the dependencies.")
    needed([*compile_, "--group", "dev", "-c", LOCKS["run"], "-o", LOCKS["dev"]], "could not resolve the dev group.")


if __name__ == "__main__":
    main()
