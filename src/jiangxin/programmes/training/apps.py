from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "jiangxin.programmes.training"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.programmes.training.programme import PROGRAMME

        register_part(PROGRAMME)
