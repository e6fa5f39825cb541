from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "jiangxin.programmes.rights"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.programmes.rights.programme import PROGRAMME

        register_part(PROGRAMME)
