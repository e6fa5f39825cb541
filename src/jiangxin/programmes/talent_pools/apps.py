from django.apps import AppConfig


class TalentPoolsConfig(AppConfig):
    name = "jiangxin.programmes.talent_pools"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.programmes.talent_pools.programme import PROGRAMME

        register_part(PROGRAMME)
