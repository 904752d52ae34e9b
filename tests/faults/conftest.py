"""Installations on disks that fill up."""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import Running


class Disk:
    """A disk that can be made full and emptied again."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.ballast = running.folder / "ballast"

    def fill(self) -> None:
        """Leave no room at all."""
        with self.ballast.open("ab", buffering=0) as file:
            for size in (1 << 16, 1 << 10, 1):
                while True:
                    try:
                        file.write(b"x" * size)
                    except OSError:
                        break

    def empty(self) -> None:
        """There is room again."""
        self.ballast.unlink()


class Limit(Disk):
    """Files that can't grow: the nearest to a full disk for whoever may not mount one."""

    def fill(self) -> None:
        sizes = [path.stat().st_size for path in self.running.folder.iterdir() if path.is_file()]
        self._set(max(sizes) + 10_000)

    def empty(self) -> None:
        self._set(resource.RLIM_INFINITY)

    def _set(self, size: int) -> None:
        assert self.running.process is not None
        resource.prlimit(self.running.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.fixture
def small_disk(prepared: Running, tmp_path: Path) -> Iterator[Disk]:
    """An installation alone on a disk of 12 MB, started. Skipped for whoever may not mount one."""
    if os.environ.get("SAMLAD_DATABASE", "sqlite").startswith("postgres"):
        pytest.skip("PostgreSQL's disk is its own")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "samlad", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk; the same is tested with files that cannot grow")
    database = folder / "samlad.sqlite3"
    shutil.copyfile(prepared.database, database)
    (prepared.folder / "static").mkdir(exist_ok=True)
    (folder / "static").symlink_to(prepared.folder / "static")
    running = Running(folder, str(database))
    try:
        running.start()
        yield Disk(running)
    finally:
        running.kill()
        subprocess.run(["umount", folder], check=True)


@pytest.fixture
def limited(running: Running) -> Disk:
    """An installation whose files can be kept from growing, started."""
    if running.database.startswith("postgres"):
        pytest.skip("PostgreSQL's disk is its own")
    return Limit(running)


@pytest.fixture(params=["small_disk", "limited"])
def disk(request: pytest.FixtureRequest) -> Disk:
    """Each of them."""
    found: Disk = request.getfixturevalue(request.param)
    return found
