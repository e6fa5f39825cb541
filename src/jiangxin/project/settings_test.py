"""The same settings for tests: a clean folder, quick passwords, no manifest."""

import atexit
import os
import shutil
import tempfile

if "JIANGXIN_VAR" not in os.environ:
    # Kept in the environment so that processes started by tests share the folder.
    os.environ["JIANGXIN_VAR"] = tempfile.mkdtemp(prefix="jiangxin-test-")
    atexit.register(shutil.rmtree, os.environ["JIANGXIN_VAR"], ignore_errors=True)
os.environ["JIANGXIN_SECRET_KEY"] = "only for tests"  # noqa: S105 -- not a secret
if os.environ.get("JIANGXIN_TEST_DATABASE") == "postgresql":
    # tests/conftest.py starts it and fills in the port.
    os.environ.setdefault(
        "JIANGXIN_DATABASE", "postgresql://postgres@127.0.0.1/postgres"
    )

from jiangxin.project.settings import *  # noqa: F403 -- overriding is the point
from jiangxin.project.settings import DATABASES, STATIC_ROOT, STORAGES, VAR

# A file, as in real life: the live server and jobs have connections of their own.
DATABASES["default"]["TEST"] = {"NAME": None}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}

# WhiteNoise warns of a missing folder, and warnings are errors in tests.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# Of a process of its own, like its database: others would find it busy.
JIANGXIN_SNAPSHOT = VAR / f"snapshot-{os.getpid()}"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
