from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "jiangxin.kernel.register"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.kernel.register.programme import PART

        register_part(PART)
