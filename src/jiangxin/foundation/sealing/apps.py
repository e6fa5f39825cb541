from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SealingConfig(AppConfig):
    name = "jiangxin.foundation.sealing"
    label = "sealing"
    verbose_name = _("Sealing")

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.foundation.sealing.programme import PART

        register_part(PART)
