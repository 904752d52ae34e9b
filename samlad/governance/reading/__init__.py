"""Reading decision documents: what an actor's minutes, papers and letters say about adopting a steering document.

Pure: no Django, no clock, no settings. It proposes; a person confirms.
"""

from samlad.governance.reading.found import Found, Preparation, Proposal, Reading
from samlad.governance.reading.read import read_text

__all__ = ["Found", "Preparation", "Proposal", "Reading", "read_text"]
