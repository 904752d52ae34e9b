"""Governance's tables, each beside what works with it. All are changed through `record`, which keeps their history.

Days are days in Stockholm; money is decimals in Swedish kronor; ids are UUIDs, made by the form.
"""

from samlad.governance.paper_models import Paper as Paper
from samlad.governance.paper_models import PaperContent as PaperContent
