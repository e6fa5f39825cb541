from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "jiangxin.kernel.notices"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.kernel.notices.programme import PART

        register_part(PART)
