from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "jiangxin.kernel.policy"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.kernel.policy.programme import PART

        register_part(PART)
