"""The platform as it is served; beside its pages one that does nothing, and the peer."""

from jiangxin.project.settings import *  # noqa: F403, TID251 -- these settings and two more
from jiangxin.project.settings import INSTALLED_APPS  # noqa: TID251 -- as above

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
ROOT_URLCONF = "benchmarks.desk.addresses"
