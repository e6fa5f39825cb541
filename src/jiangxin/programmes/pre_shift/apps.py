from django.apps import AppConfig


class PreShiftConfig(AppConfig):
    name = "jiangxin.programmes.pre_shift"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.programmes.pre_shift.programme import PROGRAMME

        register_part(PROGRAMME)
