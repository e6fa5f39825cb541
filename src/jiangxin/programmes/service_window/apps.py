from django.apps import AppConfig


class ServiceWindowConfig(AppConfig):
    name = "jiangxin.programmes.service_window"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.programmes.service_window.programme import PROGRAMME

        register_part(PROGRAMME)
