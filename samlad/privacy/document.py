"""The register of processing as a document, in English: what `samlad personal_data` prints."""

from typing import Final

from django.utils import translation

from samlad.privacy.holdings import HOLDINGS
from samlad.privacy.queries import shreddable

INTRODUCTION: Final = """# Personal data

What the program holds on people (GDPR art. 30), drawn from its own tables by `samlad personal_data`; a table that is in
no holding fails the tests. Each authority is the controller of what it and its staff write. Periods are those the
program comes with: an installation decides on others at `/privacy/`, where each decision stands with its ground.
"""
KINDS: Final = """## What is written in operations

Kept until a decision on disposal says otherwise, kind by kind and apart for exercises; then counted from the day the
operation closed. What is removed leaves its header and digest, and the chain still verifies.

| kind of entry | personal data |
|---|---|
"""


def document() -> str:
    """The register as Markdown."""
    with translation.override("en"):
        parts = [INTRODUCTION]
        for own in HOLDINGS:
            days = f"{own.days} days" if own.days else "until further notice"
            rows = {
                "whose": own.whose, "what": own.what, "what for": own.purpose, "ground": own.ground,
                "kept": f"{days}; {own.counted_from}",
                "tables": ", ".join(f"`{table}`" for table in own.tables),
            }  # fmt: skip
            table = "\n".join(f"| {name} | {text} |" for name, text in rows.items())
            parts.append(f"## {own.title}\n\n| | |\n|---|---|\n{table}\n")
        kinds = "\n".join(f"| `{kind.name}` | {kind.shreds} |" for kind in shreddable())
        return "\n".join([*parts, KINDS]).rstrip("\n") + f"\n{kinds}\n"
