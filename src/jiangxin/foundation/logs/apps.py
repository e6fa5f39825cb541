from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LogsConfig(AppConfig):
    name = "jiangxin.foundation.logs"
    label = "logs"
    verbose_name = _("Logs")

    def ready(self) -> None:
        from jiangxin.foundation.logs.programme import PART
        from jiangxin.foundation.parts import register_part

        register_part(PART)
