from django.apps import AppConfig


class CorrectionsConfig(AppConfig):
    name = "jiangxin.kernel.corrections"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.kernel.corrections.programme import PART

        register_part(PART)
