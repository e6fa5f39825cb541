"""`jiangxin policy check`: every file is read, reasoned about, and its cases run."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.foundation.clock.working_days import today
from jiangxin.kernel.policy.registry import policies
from jiangxin.kernel.policy.registry.findings import finding_text
from jiangxin.kernel.policy.rules.linting import lint
from jiangxin.kernel.policy.rules.places import PolicyFault


class Command(BaseCommand):
    help = "Read all policy files, reason about them and run their worked cases."
    # They would stop at the fault that this command is there to show.
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        try:
            found = policies()
        except PolicyFault as fault:
            raise CommandError(str(fault)) from fault
        problems = 0
        for policy in found:
            self.stdout.write(
                _("%(code)s %(version)s: %(cases)s worked cases")
                % {
                    "code": policy.code,
                    "version": policy.version,
                    "cases": len(policy.cases),
                }
            )
            for one in lint(policy, today(timezone.now())):
                self.stderr.write(f"  {policy.code} {one.where}: {finding_text(one)}")
                problems += one.is_error
        if problems:
            raise CommandError(_("%(count)s problems") % {"count": problems})
