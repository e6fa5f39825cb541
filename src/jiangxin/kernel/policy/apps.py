from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.core.signals import request_started


class PolicyConfig(AppConfig):
    name = "jiangxin.kernel.policy"

    def ready(self) -> None:
        from jiangxin.foundation.parts import register_part
        from jiangxin.kernel.policy.programme import PART
        from jiangxin.kernel.policy.queries import drafts
        from jiangxin.kernel.policy.registry import serving

        register_part(PART)
        serving.serve_from(
            serving.Source(drafts.published_numbers, drafts.published_records)
        )
        request_started.connect(look_at_what_is_published)
        checks.register(policy_files)


def look_at_what_is_published(**_signal: Any) -> None:
    from jiangxin.kernel.policy.registry import look_again

    look_again()


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
