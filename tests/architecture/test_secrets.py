"""What must not be anywhere: secrets in the repository, and ways out to the network beside the one that is guarded."""

import ast
import re

from tests.architecture.test_repository import texts
from tests.architecture.tree import SAMLAD, modules, shown

# What real secrets look like; written apart, so that this file does not hold them.
SECRETS = {
    "a private key": re.compile("-----BEGIN " + r"(?:[A-Z]+ )*PRIVATE KEY-----"),
    "a password in an address": re.compile(r"\b(?:postgres(?:ql)?|smtps?|https?|amqp|redis)://[^\s:/@\"'<>{]+:(?!password@|secret@|word@|sesame@|open-sesame@|x@|\.\.\.@)[^\s/@\"'<>{]+@"),
    "a token of a forge": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{30,}|glpat-[\w-]{20,}|github_pat_\w{30,})"),
    "a key of a cloud": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{35}\b"),
    "a token of a chat": re.compile(r"\bxox[abprs]-[\w-]{10,}"),
    "a signed token": re.compile(r"\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}"),
    "Django's marked key": re.compile("django-" + r"insecure-[\w!@#$%^&*()=+-]{20,}"),
}  # fmt: skip
# Names of settings that are secrets, given a value in code.
GIVEN = re.compile(
    r"""^\s*["']?(?:\w*_)?(?:SECRET_KEY|PASSWORD|API_KEY|TOKEN|PRIVATE_KEY)["']?\s*[:=]\s*["'][^"'\s]{16,}["']""",
    re.MULTILINE,
)
EXCUSED = {
    "tests/test_tls.py": "a key that only the tests have",
    "samlad/web/tests/test_checks.py": "the same",
    "tests/architecture/test_secrets.py": "what is looked for",
}
WAYS_OUT = {"requests", "urllib3", "httpx", "aiohttp", "urllib.request", "http.client", "ftplib", "telnetlib"}
BY_LIBRARY = {"apprise", "pywebpush"}  # each is lent a session of ours, where it is imported
BY_MAIL = {"smtplib", "imaplib", "poplib"}
GUARDED = {
    "samlad/base/outside.py": WAYS_OUT,
    "samlad/notify/channels/email/gateway.py": BY_MAIL,
    "samlad/notify/channels/lent.py": {"apprise"},
    "samlad/notify/channels/push/gateway.py": {"pywebpush"},
}


def test_no_secret_is_committed() -> None:
    found = [
        f"{name}: {what}"
        for name, text in texts().items()
        for what, looks in [*SECRETS.items(), ("a secret given in code", GIVEN)]
        if name not in EXCUSED and looks.search(text)
    ]
    assert not found


def test_the_search_finds_what_it_should() -> None:
    key = "-----BEGIN " + "RSA PRIVATE KEY-----"
    assert SECRETS["a private key"].search(key)
    assert SECRETS["a password in an address"].search("postgresql://samlad:" + "Hunter2@db.example/x")
    assert not SECRETS["a password in an address"].search("postgresql://user:password@host/name")
    assert GIVEN.search('EMAIL_HOST_PASSWORD = "' + "a" * 20 + '"')


def imported(path: str, tree: ast.Module) -> set[str]:
    """The modules that a file imports, by their full names."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_one_way_out_to_the_network() -> None:
    ways = WAYS_OUT | BY_MAIL | BY_LIBRARY
    found = []
    for path in modules():
        if not path.is_relative_to(SAMLAD) or "tests" in path.parts:
            continue
        name = shown(path)
        for module in imported(name, ast.parse(path.read_text())):
            way = next((way for way in ways if module == way or module.startswith(f"{way}.")), None)
            if way is not None and way not in GUARDED.get(name, set()):
                found.append(f"{name}: {module}")
    assert not found
