from django.apps import AppConfig


class RatingsConfig(AppConfig):
    name = "jiangxin.kernel.ratings"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.kernel.ratings.programme import PART

        register_part(PART)
