"""How static files are named and stored."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Hashed names everywhere, also where one script imports another, so that no browser mixes two versions."""

    support_js_module_import_aggregation = True
