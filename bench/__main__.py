"""Runs the measures, each in a process of its own, on each database; see bench/__init__.py."""

import os
import platform
import signal
import sqlite3
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from types import FrameType

import msgspec

from bench.databases import NAMES, installation
from bench.figures import Figure, lines, markdown
from samlad.base.clock import STOCKHOLM, now
from tests.running import ROOT, Running

# In this order: what the server does not take part in first.
MEASURES = ("appends", "fold", "fees", "tail", "memory", "burst", "calling", "list", "front", "weight")
PATIENCE = 180  # seconds for one measure
MARK = "<!-- below: written by `make bench` -->\n"


def main() -> None:
    """Measure, print, and with --write keep the table."""
    told = arguments()
    signal.signal(signal.SIGTERM, leave)
    began = time.monotonic()
    print(machine(), flush=True)
    tables: dict[str, list[Figure]] = {}
    for name in [told.database] if told.database else NAMES:
        print(f"\n{name}", flush=True)
        with installation(name) as running:
            tables[name] = [figure for measure in told.only for figure in measured(measure, running)]
    missed = [figure.what for table in tables.values() for figure in table if figure.met is False]
    took = f"{time.monotonic() - began:.0f} s"
    print(f"\n{took}; {f'targets missed: {len(missed)}' if missed else 'every target that was measured is met'}")
    if told.write:
        write(told.write, tables, took)
    sys.exit(1 if told.strict and missed else 0)


def arguments() -> Namespace:
    """What was asked for."""
    parser = ArgumentParser(prog="bench", description="Measures Samlad, each figure beside its floor.")
    parser.add_argument("--only", default=",".join(MEASURES), help=f"comma-separated, of {', '.join(MEASURES)}")
    parser.add_argument("--database", choices=NAMES, help="one only (default: both)")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a target is missed")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables at the end of this file")
    told = parser.parse_args()
    told.only = told.only.split(",")
    if unknown := set(told.only) - set(MEASURES):
        parser.error(f"there is no measure called {', '.join(sorted(unknown))}")
    return told


def leave(number: int, frame: FrameType | None) -> None:
    """End in order: the servers that were started are stopped."""
    sys.exit(128 + number)


def measured(measure: str, running: Running) -> list[Figure]:
    """The figures of one measure, printed as they come; one that fails says so and the rest goes on."""
    print(f" {measure}", flush=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.measure", measure],
        cwd=ROOT,
        env=running.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    try:
        out, _ = process.communicate(timeout=PATIENCE)
        failed = f"it ended with {process.returncode}; its words stand above" if process.returncode else ""
    except BaseException as error:
        process.terminate()
        process.wait(30)
        if not isinstance(error, subprocess.TimeoutExpired):
            raise
        out, failed = b"", f"it took more than {PATIENCE} s"
    figures = msgspec.json.decode(out, type=list[Figure]) if out and not failed else []
    figures += [Figure(measure, note=failed)] if failed else []
    for figure in figures:
        print(*lines(figure), sep="\n", flush=True)
    return figures


def machine() -> str:
    """What all this was measured on."""
    load, today = os.getloadavg()[0], now().astimezone(STOCKHOLM).date()
    return (
        f"{today}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{platform.system()} {platform.machine()}, load {load:.1f} before"
    )


def write(file: Path, tables: dict[str, list[Figure]], took: str) -> None:
    """Replace what an earlier run wrote at the end of the file."""
    head = file.read_text().split(MARK)[0]
    parts = [head, MARK, f"\n`python -m bench {' '.join(sys.argv[1:])}`: {machine()}, {took}.\n"]
    parts += [f"\n## {name}\n\n{markdown(table)}" for name, table in tables.items()]
    file.write_text("".join(parts))


if __name__ == "__main__":
    main()
