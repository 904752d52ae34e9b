"""The processes of a measure: a server, a bare broadcaster, the streams' clients. They talk in lines of JSON."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parent.parent
PAGE = 4096


class Peer:
    """Another process of ours, from the asking side."""

    def __init__(self, module: str, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )

    def __enter__(self) -> "Peer":
        return self

    def __exit__(self, *error: object) -> None:
        self.process.terminate()
        self.process.wait(30)

    def tell(self, **words: object) -> None:
        """Send a line."""
        assert self.process.stdin is not None
        self.process.stdin.write(msgspec.json.encode(words) + b"\n")

    def hear(self) -> dict[str, Any]:
        """The next line that is JSON; what a program says to people is passed over. Raises EOFError at its end."""
        assert self.process.stdout is not None
        while line := self.process.stdout.readline():
            if line.startswith(b"{"):
                heard: dict[str, Any] = msgspec.json.decode(line)
                return heard
        raise EOFError(f"{self.process.args!r} has ended")

    def ask(self, **words: object) -> dict[str, Any]:
        """Tell and hear."""
        self.tell(**words)
        return self.hear()

    def memory(self) -> float:
        """Its resident memory, in KiB."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * PAGE / 1024


def say(**words: object) -> None:
    """Answer, from the other process."""
    sys.stdout.buffer.write(msgspec.json.encode(words) + b"\n")
    sys.stdout.buffer.flush()


def listen(answer: Callable[[dict[str, Any]], None], loop: asyncio.AbstractEventLoop | None = None) -> None:
    """Hear lines in a thread of their own, and answer them there or in a loop."""

    def hear() -> None:
        for line in sys.stdin.buffer:
            words = msgspec.json.decode(line)
            if loop is None:
                answer(words)
            else:
                loop.call_soon_threadsafe(answer, words)

    threading.Thread(target=hear, daemon=True).start()
