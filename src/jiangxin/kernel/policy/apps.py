from typing import Any

from django.apps import AppConfig
from django.core import checks


class PolicyConfig(AppConfig):
    name = "jiangxin.kernel.policy"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.kernel.policy.programme import PART

        register_part(PART)
        checks.register(policy_files)


def policy_files(**_options: Any) -> list[checks.CheckMessage]:
    """Read all policy files when Django starts, and stop it at the first fault.

    Not in `ready`: parts after this one have not brought their folders by then.
    """
    from jiangxin.kernel.policy.registry import policies
    from jiangxin.kernel.policy.rules.places import PolicyFault

    try:
        policies()
    except PolicyFault as fault:
        return [checks.Error(str(fault), id="policy.E001")]
    return []
