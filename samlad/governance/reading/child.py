"""The process that takes the text out of one PDF: bytes in, JSON out.

It has the limits of the process that examines attached files: time and memory, no file written, no database. A hostile
file can at most end it.
"""

import io
import json
import logging
import sys
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError

from samlad.journal.examine.child import limited
from samlad.journal.examine.limits import PAGES, TEXT


def pages(content: bytes) -> dict[str, Any]:
    """The text of each page, or why there is none."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        # Most "protected" papers only forbid printing: they open with an empty password.
        if reader.is_encrypted and not reader.decrypt(""):
            return {"unfit": "encrypted"}
        if len(reader.pages) > PAGES:
            return {"unfit": "text"}
        found: list[str] = []
        for page in reader.pages:
            found.append(page.extract_text().replace("\f", "\n"))
            if sum(map(len, found)) > TEXT:
                return {"unfit": "text"}
    except DependencyError:
        return {"unfit": "encrypted"}
    except (MemoryError, RecursionError):
        return {"unfit": "slow"}
    except Exception:  # whatever a broken file makes the library raise: it can't be read
        return {"unfit": "broken"}
    return {"pages": found}


def main() -> None:
    """Read a PDF, write its pages."""
    limited()
    logging.disable(logging.CRITICAL)
    told = pages(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=True).encode())


if __name__ == "__main__":
    main()
