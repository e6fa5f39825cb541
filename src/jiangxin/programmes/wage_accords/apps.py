from django.apps import AppConfig


class WageAccordsConfig(AppConfig):
    name = "jiangxin.programmes.wage_accords"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.programmes.wage_accords.programme import PROGRAMME

        register_part(PROGRAMME)
