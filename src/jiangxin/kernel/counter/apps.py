from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "jiangxin.kernel.counter"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.kernel.counter.programme import PART

        register_part(PART)
