"""`jiangxin policy check`: every file is read and every worked case run."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jiangxin.kernel.policy.registry import policies
from jiangxin.kernel.policy.registry.wording import say
from jiangxin.kernel.policy.rules.cases import CaseProblem, check_cases
from jiangxin.kernel.policy.rules.places import PolicyFault
from jiangxin.kernel.policy.rules.tree import Policy


class Command(BaseCommand):
    help = "Read all policy files and run their worked cases."
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
            for problem in check_cases(policy):
                self.stderr.write(f"  {describe(policy, problem)}")
                problems += 1
        if problems:
            raise CommandError(_("%(count)s problems") % {"count": problems})


def describe(policy: Policy, problem: CaseProblem) -> str:
    if problem.case is not None and problem.answer is not None:
        sentence = _(
            "%(code)s: the case “%(case)s” expects %(expected)s, not %(answer)s"
        )
        return sentence % {
            "code": policy.code,
            "case": say(problem.case.says),
            "expected": problem.case.expect,
            "answer": problem.answer,
        }
    if problem.case is not None and problem.given is not None:
        sentence = _(
            "%(code)s: the case “%(case)s” is given line %(row)s and %(fen)s fen, "
            "not what it says"
        )
        return sentence % {
            "code": policy.code,
            "case": say(problem.case.says),
            "row": problem.given.number,
            "fen": problem.given.fen,
        }
    if problem.row is not None:
        return _("%(code)s: no case is given line %(row)s of the table") % {
            "code": policy.code,
            "row": problem.row,
        }
    says = say(problem.leaf.says) if problem.leaf else ""
    return _(
        "%(code)s: the condition “%(condition)s” needs a case at its limit and one "
        "just beyond"
    ) % {"code": policy.code, "condition": says}
