from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "jiangxin.kernel.credentials"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.kernel.credentials.programme import PART

        register_part(PART)
