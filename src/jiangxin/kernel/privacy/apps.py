from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "jiangxin.kernel.privacy"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.kernel.privacy.programme import PART

        register_part(PART)
