from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClockConfig(AppConfig):
    name = "jiangxin.foundation.clock"
    label = "clock"
    verbose_name = _("Working days")

    def ready(self) -> None:
        from jiangxin.foundation.clock.programme import PART
        from jiangxin.foundation.parts import register_part

        register_part(PART)
