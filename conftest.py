"""What every test has: its own data folder, no network, the fixed cast.

SAMLAD_DATABASE chooses the database of the whole run: a SQLite file of its own (default), or a postgresql:// address.
"""

import os
import tempfile
from pathlib import Path

import django

from samlad.base.catalogues import compile_all

os.environ["SAMLAD_DATA"] = tempfile.mkdtemp(prefix="samlad-test-")
os.environ.setdefault("SAMLAD_SECRET_KEY", "tests only")
os.environ["DJANGO_SETTINGS_MODULE"] = "samlad.web.settings"
os.environ.pop("SAMLAD_DEMO", None)
os.environ.pop("SAMLAD_FEDERATION", None)
os.environ["SAMLAD_SIGN_IN"] = "password"  # tests of strong sign-in say so themselves
os.environ["SAMLAD_SIGN_IN"] = "password"  # tests of strong sign-in say so themselves
Path(os.environ["SAMLAD_DATA"], "static").mkdir()
compile_all()
django.setup()

pytest_plugins = ["tests.fixtures", "tests.everything", "tests.running", "tests.browser"]
