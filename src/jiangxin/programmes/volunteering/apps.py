from django.apps import AppConfig


class VolunteeringConfig(AppConfig):
    name = "jiangxin.programmes.volunteering"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.programmes.volunteering.programme import PROGRAMME

        register_part(PROGRAMME)
