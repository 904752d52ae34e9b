"""What is committed holds nothing of the machine it was written on, and says why it needs what it needs."""

import re

import pytest

from tests.architecture.tree import ROOT, shown, tracked

# Written apart, so that this file does not hold them.
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "deb." + "debian.org", "proxy.golang" + ".org"]
MACHINE = re.compile(r"(?<![\w.:/-])/(home|Users|root|work)/\w")
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def texts() -> dict[str, str]:
    """Every tracked text file by its path."""
    found = {}
    for path in tracked():
        try:
            found[shown(path)] = path.read_text()
        except UnicodeDecodeError:
            continue
    return found


def test_no_package_index_is_named() -> None:
    assert not [f"{name}: {host}" for name, text in texts().items() for host in HOSTS if host in text]


def test_no_path_of_a_machine_is_named() -> None:
    assert not [
        f"{name}: {line.strip()[:80]}"
        for name, text in texts().items()
        for line in text.splitlines()
        if MACHINE.search(line) or f"{ROOT}/" in line
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    pinned = re.findall(r"^[\w.\[\],-]+==", text, re.MULTILINE)
    hashed = re.findall(r"^[\w.\[\],-]+==[^\n]*\\\n\s+--hash=", text, re.MULTILINE)
    assert pinned
    assert len(pinned) == len(hashed)


def test_both_locks_hold_the_same_versions() -> None:
    run, dev = (dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE)) for lock in LOCKS)
    assert run.items() <= dev.items()


def test_every_dependency_says_why() -> None:
    silent, said = [], False
    for line in (ROOT / "pyproject.toml").read_text().split("[tool.")[0].splitlines():
        text = line.strip()
        if text.startswith("#"):
            said = True
        elif text.startswith('"') and not said:
            silent.append(text)
        elif not text.startswith('"'):
            said = False
    assert not silent
