from django.apps import AppConfig


class StudiosConfig(AppConfig):
    name = "jiangxin.programmes.studios"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.programmes.studios.programme import PROGRAMME

        register_part(PROGRAMME)
