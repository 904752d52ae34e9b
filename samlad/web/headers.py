"""Headers that every answer carries, from Django and from beside it: all of OWASP's list of secure headers."""

from typing import Final

from django.conf import settings

POLICY: Final = (
    "default-src 'none'",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    # A string becomes HTML in one place only: trusted.js.
    "require-trusted-types-for 'script'",
    "trusted-types samlad",
)
# What a page of ours may ask of the device. Passkeys, a wall screen that fills its screen and stays on: nothing else.
OURS: Final = ("fullscreen", "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock")
NOBODYS: Final = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "compute-pressure",
    "cross-origin-isolated",
    "display-capture",
    "encrypted-media",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "keyboard-map",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "serial",
    "storage-access",
    "sync-xhr",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
PERMISSIONS: Final = ", ".join([*(f"{name}=(self)" for name in OURS), *(f"{name}=()" for name in NOBODYS)])
ALWAYS: Final = {
    "Content-Security-Policy": "; ".join(POLICY),
    "Permissions-Policy": PERMISSIONS,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-DNS-Prefetch-Control": "off",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
KEPT_NOWHERE: Final = "private, no-store"
"""Cache-Control of whatever is not a static file: what one may read is not left on the disk of a shared computer."""
LEAVING: Final = {"Clear-Site-Data": '"cache", "storage"'}
"""What the answer to signing out carries besides: nothing of the person is left in the browser."""


def headers() -> dict[str, str]:
    """Headers for any answer; with TLS also that this host is never again to be asked without."""
    if not settings.SECURE_HSTS_SECONDS:
        return ALWAYS
    lasting = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
    return {**ALWAYS, "Strict-Transport-Security": lasting}


def beside_django() -> list[tuple[bytes, bytes]]:
    """The same for an answer that Django has no part in, as a server takes them."""
    return [(name.lower().encode(), value.encode()) for name, value in headers().items()]
