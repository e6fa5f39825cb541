from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "jiangxin.programmes.honours"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.programmes.honours.programme import PROGRAMME

        register_part(PROGRAMME)
