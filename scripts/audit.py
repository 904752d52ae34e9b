"""Known weaknesses of what is locked: `python3 -m scripts.audit`, offline, from docs/advisories.json.

That file says for each locked package under which licence it comes, and what was known against its version on the day
it was looked up. `make audit` looks everything up again, with pip-audit and the machine's own index, and writes it.

A known weakness stops the check unless docs/advisories-accepted.toml says why it does not touch us, and until when that
holds. What has not been looked up, or long ago, is said and stops nothing: a check must not fail by the calendar.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from datetime import date, timedelta
from importlib import metadata
from pathlib import Path
from typing import Any

from scripts.packages import stop
from scripts.sync import LOCKS, ROOT, TOOLS, quiet

AUDITOR = "pip-audit==2.10.1"
SNAPSHOT = ROOT / "docs" / "advisories.json"
ACCEPTED = ROOT / "docs" / "advisories-accepted.toml"
FRESH = timedelta(days=30)
LONGEST = timedelta(days=180)  # for which a weakness may be accepted without being looked at again
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", re.MULTILINE)
Package = dict[str, Any]


def locked() -> dict[str, str]:
    """Every package of the development lock, which holds all of the other, with its version."""
    return dict(PIN.findall((ROOT / LOCKS["dev"]).read_text()))


def snapshot() -> dict[str, Package]:
    """What was found, by package."""
    return dict(json.loads(SNAPSHOT.read_text())["packages"]) if SNAPSHOT.exists() else {}


def accepted() -> dict[str, Package]:
    """The weaknesses that are explained, by their id: `why` and `until`."""
    return tomllib.loads(ACCEPTED.read_text()) if ACCEPTED.exists() else {}


def faults(
    pins: dict[str, str], known: dict[str, Package], explained: dict[str, Package], today: date
) -> tuple[list[str], list[str]]:
    """What must be mended, and what should be known."""
    wrong, said = [], []
    for name, version in sorted(pins.items()):
        package = known.get(name, {})
        for weakness in package.get("weaknesses", []) if package.get("version") == version else []:
            reason = next((explained[id] for id in (weakness["id"], *weakness["aliases"]) if id in explained), None)
            fix = ", ".join(weakness["fixed"]) or "no version yet"
            if reason is None:
                wrong.append(f"{name} {version}: {weakness['id']}, mended in {fix}")
            elif reason["until"] < today:
                said.append(f"{weakness['id']} in {name} was accepted until {reason['until']}: look at it again")
    for id, reason in explained.items():
        if not reason.get("why") or reason["until"] - reason["on"] > LONGEST:
            wrong.append(f"{id} is accepted without a reason, or for more than {LONGEST.days} days")
    unknown = [name for name in pins if known.get(name, {}).get("version") != pins[name] or not looked_up(known[name])]
    if unknown:
        said.append(f"{len(unknown)} of {len(pins)} locked packages have not been looked up (make audit)")
    days = [date.fromisoformat(package["looked_up"]) for package in known.values() if looked_up(package)]
    if days and today - min(days) > FRESH:
        said.append(f"the oldest look-up is of {min(days)} (make audit)")
    return wrong, said


def looked_up(package: Package) -> bool:
    """Whether somebody has asked what is known against it."""
    return bool(package.get("looked_up"))


def licence(name: str) -> str:
    """The licence a package that is installed says it has."""
    try:
        said: Any = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classified = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or [] if line.startswith("License")]
    short = (said.get("License") or "").strip().partition("\n")[0][:60]
    return said.get("License-Expression") or ", ".join(classified) or short


def auditor() -> Path:
    """pip-audit in .tools."""
    program = TOOLS / "audit" / "bin" / "pip-audit"
    marker = TOOLS / AUDITOR
    if program.exists() and marker.exists():
        return program
    if not (
        quiet(sys.executable, "-m", "venv", "--clear", TOOLS / "audit")
        and quiet(TOOLS / "audit" / "bin" / "python", "-m", "pip", "install", "-q", AUDITOR)
    ):
        stop(f"{AUDITOR} could not be had.")
    marker.touch()
    return program


def asked(pins: dict[str, str]) -> dict[str, Package]:
    """What pip-audit says of every package; those that its index does not know of are left out."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listed:
        listed.write("".join(f"{name}=={version}\n" for name, version in sorted(pins.items())))
        listed.flush()
        command = [
            str(auditor()),
            "--no-deps",
            "--disable-pip",
            "--progress-spinner=off",
            "-f",
            "json",
            "-r",
            listed.name,
        ]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    try:
        found = json.loads(ended.stdout)["dependencies"]
    except (ValueError, KeyError):
        stop(f"pip-audit did not answer: {ended.stderr.strip()[-300:]}")
    return {package["name"].lower(): package for package in found if "vulns" in package}


def refreshed(
    pins: dict[str, str], before: dict[str, Package], found: dict[str, Package], today: date
) -> dict[str, Package]:
    """The new snapshot: what was found now, and what was known before of the same versions."""
    packages: dict[str, Package] = {}
    for name, version in sorted(pins.items()):
        old = before.get(name, {})
        same = old.get("version") == version
        packages[name] = {
            "version": version,
            "licence": licence(name) or old.get("licence", ""),
            "looked_up": old.get("looked_up") if same else None,
            "weaknesses": old.get("weaknesses", []) if same else [],
        }
        if name in found:
            packages[name]["looked_up"] = today.isoformat()
            packages[name]["weaknesses"] = [
                {"id": weak["id"], "aliases": sorted(weak["aliases"]), "fixed": weak["fix_versions"]}
                for weak in found[name]["vulns"]
            ]
    return packages


def main(arguments: list[str]) -> None:
    """See the module's docstring."""
    pins, today = locked(), date.today()  # noqa: DTZ011 - a day is precise enough, wherever the machine is
    if "refresh" in arguments:
        found = asked(pins)
        packages = refreshed(pins, snapshot(), found, today)
        SNAPSHOT.write_text(json.dumps({"packages": packages}, indent=1, ensure_ascii=False) + "\n")
        print(f"samlad: {len(found)} of {len(pins)} packages looked up; the index knows nothing of the others")
    wrong, said = faults(pins, snapshot(), accepted(), today)
    for sentence in said:
        print(f"samlad: audit: {sentence}")
    if wrong:
        stop("known weaknesses:\n  " + "\n  ".join(wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
