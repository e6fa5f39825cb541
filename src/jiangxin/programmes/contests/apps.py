from django.apps import AppConfig


class ContestsConfig(AppConfig):
    name = "jiangxin.programmes.contests"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.programmes.contests.programme import PROGRAMME

        register_part(PROGRAMME)
