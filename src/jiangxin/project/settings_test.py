"""The same settings for tests: a clean folder, quick passwords, no manifest."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("JIANGXIN_VAR", tempfile.mkdtemp(prefix="jiangxin-test-"))
os.environ["JIANGXIN_SECRET_KEY"] = "only for tests"  # noqa: S105 -- not a secret

from jiangxin.project.settings import *  # noqa: E402, F403 -- overriding is the point
from jiangxin.project.settings import STORAGES, VAR  # noqa: E402 -- see above

assert Path(VAR).exists()  # noqa: S101 -- tests must never write into a real folder

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
