from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UploadsConfig(AppConfig):
    name = "jiangxin.foundation.uploads"
    label = "uploads"
    verbose_name = _("Uploads")

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.foundation.uploads.programme import PART

        register_part(PART)
