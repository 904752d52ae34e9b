"""`samlad demo`, started as a newcomer starts it."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

PATIENCE = 60


def wait_for(pattern: str, log: Path, process: "subprocess.Popen[bytes]") -> str:
    """Wait until the log has a line like this and return what the pattern's group caught."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := re.search(pattern, log.read_text(), re.MULTILINE):
            return found[1]
        assert process.poll() is None, log.read_text()
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[tuple["subprocess.Popen[bytes]", Path]]:
    log = tmp_path / "log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SAMLAD_", "DJANGO_"))}
    environment |= {"SAMLAD_DATA": str(tmp_path / "data"), "PYTHONPATH": str(settings.PROJECT)}
    with log.open("wb") as out:
        command = [sys.executable, "-m", "samlad.web.commands", "demo", "--port", "0"]
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=environment, cwd=tmp_path)
    yield process, log
    process.kill()
    process.wait()


def test_it_is_there_with_people_and_an_exercise_and_stops_when_told(
    demo: tuple["subprocess.Popen[bytes]", Path],
) -> None:
    process, log = demo
    address = wait_for(r"^Samlad: (http://localhost:\d+/)$", log, process)
    told = log.read_text()
    assert "samlad-demo" in told
    assert "Öppna http://" in told
    assert "Open http://" in told
    assert re.search(r"/operations/[0-9a-f-]{36}/", told)
    with urllib.request.urlopen(address) as page:
        assert "TiB Nacka" in page.read().decode()
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0, log.read_text()
    assert "Traceback" not in log.read_text()
