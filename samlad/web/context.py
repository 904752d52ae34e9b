"""What every page's shell needs."""

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, object]:
    """The context of base/page.html: whether this is the demo."""
    return {"demo": settings.DEMO}
