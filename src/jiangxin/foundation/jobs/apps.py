from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jiangxin.foundation.jobs"
    label = "jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        from jiangxin.foundation.jobs.programme import PART
        from jiangxin.foundation.parts import register_part

        register_part(PART)
