from django.apps import AppConfig


class SkillCreditConfig(AppConfig):
    name = "jiangxin.programmes.skill_credit"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.programmes.skill_credit.programme import PROGRAMME

        register_part(PROGRAMME)
