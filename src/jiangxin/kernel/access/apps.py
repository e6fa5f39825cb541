from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "jiangxin.kernel.access"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.kernel.access import listening
        from jiangxin.kernel.access.programme import PART

        register_part(PART)
        listening.connect()
