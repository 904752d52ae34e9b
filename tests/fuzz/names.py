"""Which parameters views ask for: as they ask, while everything is gone through; and as links and sources name them."""

import re
from typing import Final

from tests.architecture.tree import SAMLAD

ASKED: Final = re.compile(
    r"""(?:GET|POST|asked|query|params|FILES|headers)(?:\.dict\(\))?(?:\.get(?:list)?\(|\[)\s*["']([\w-]+)["']"""
)
ALWAYS: Final = frozenset(
    {"at", "time", "format", "next", "page", "before", "after", "seat", "q", "csrfmiddlewaretoken"}
)


def parameters() -> frozenset[str]:
    """Every name that some module asks for in a query, a form or a header."""
    sources = [path.read_text() for path in SAMLAD.rglob("*.py") if "tests" not in path.parts]
    return ALWAYS.union(*(ASKED.findall(source) for source in sources))
