from django.apps import AppConfig


class CraftsmenConfig(AppConfig):
    name = "jiangxin.programmes.craftsmen"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.programmes.craftsmen.programme import PROGRAMME

        register_part(PROGRAMME)
