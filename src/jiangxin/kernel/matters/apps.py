from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "jiangxin.kernel.matters"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.kernel.matters.programme import PART

        register_part(PART)
