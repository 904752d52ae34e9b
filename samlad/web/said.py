"""What is said once on the next page ("The report has been filed"), in a signed cookie."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class Said(CookieStorage):
    """Django's own under the name that a browser protects (`__Host-`) where there is TLS."""

    cookie_name = "__Host-said" if settings.TLS else "said"
