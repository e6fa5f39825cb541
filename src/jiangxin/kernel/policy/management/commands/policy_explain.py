"""`jiangxin policy explain CODE PERSON [--on DATE] [--json]`."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.foundation.clock.arguments import day
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound
from jiangxin.foundation.i18n import table_date
from jiangxin.kernel.policy.enums import Finding, Subject
from jiangxin.kernel.policy.queries.explanations import explanations_of
from jiangxin.kernel.policy.queries.timelines import turns_of
from jiangxin.kernel.policy.registry import (
    attribute,
    policies_about,
    policy_about,
)
from jiangxin.kernel.policy.registry.wording import limit_of, say, value_read
from jiangxin.kernel.policy.rules.explaining import Explanation
from jiangxin.kernel.policy.rules.tree import Policy
from jiangxin.kernel.policy.views import outlook

SIGNS = {Finding.MET: "+", Finding.NOT_MET: "-", Finding.UNKNOWN: "?"}


class Command(BaseCommand):
    help = "Explain what a policy says about one person, condition by condition."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="the policy's code")
        parser.add_argument("person", type=int, help="the person number")
        parser.add_argument("--on", type=day, metavar="DATE", help="as of another day")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, **options: Any) -> None:
        on: date = options["on"] or today(timezone.now())
        chosen = _policy(options["code"])
        try:
            answer = explanations_of(options["person"], on=on, policies=[chosen])[0]
            turn = turns_of(options["person"], [chosen], on).get(chosen.code)
        except NotFound as missing:
            raise CommandError(_("There is no person of that number.")) from missing
        if options["json"]:
            printed = as_json(answer, options["person"], turn)
            self.stdout.write(json.dumps(printed, ensure_ascii=False, indent=2))
        else:
            self._print(answer, options["person"], turn)

    def _print(
        self, answer: Explanation, person_id: int, turn: Explanation | None
    ) -> None:
        chosen = answer.policy
        title = f"{say(chosen.title)} ({chosen.code}, {chosen.version})"
        if chosen.is_demonstration:
            title += " " + _("[demonstration]")
        self.stdout.write(title)
        self.stdout.write(f"{chosen.document} {chosen.clause}")
        self.stdout.write(
            _("Person %(person)s as of %(day)s: %(verdict)s")
            % {
                "person": person_id,
                "day": table_date(answer.on),
                "verdict": answer.verdict.label,
            }
        )
        if answer.why_not_applicable:
            self.stdout.write(str(answer.why_not_applicable.label))
        for found in answer.found:
            self.stdout.write(
                f"  {SIGNS[found.finding]} {say(found.condition.says)}"
                f" [{found.finding.label}]"
            )
            self.stdout.write(
                "      "
                + _("read: %(value)s; asked: %(limit)s; %(clause)s")
                % {
                    "value": value_read(found),
                    "limit": limit_of(found.condition, answer.on),
                    "clause": found.condition.clause,
                }
            )
        grant = outlook.grant_text(answer)
        if grant:
            title = grant.title or _("no line of the table applies")
            self.stdout.write(
                _("Given: %(what)s %(amount)s")
                % {"what": title, "amount": grant.amount}
            )
        for way in outlook.ways(answer):
            self.stdout.write(_("One condition short: %(way)s") % {"way": way})
        if turn:
            self.stdout.write(outlook.turn_text(turn))
        for key in answer.missing:
            one = attribute(key)
            self.stdout.write(
                _("Not recorded: %(attribute)s. %(way_out)s")
                % {"attribute": one.label, "way_out": one.to_record}
            )


def _policy(code: str) -> Policy:
    try:
        return policy_about(Subject.PERSON, code)
    except NotFound as unknown:
        known = ", ".join(one.code for one in policies_about(Subject.PERSON))
        raise CommandError(
            _("There is no such policy. There are: %(known)s") % {"known": known}
        ) from unknown


def as_json(
    answer: Explanation, person_id: int, turn: Explanation | None
) -> dict[str, Any]:
    grant = answer.grant
    return {
        "policy": answer.policy.code,
        "version": answer.policy.version,
        "person": person_id,
        "on": answer.on.isoformat(),
        "verdict": answer.verdict.value,
        "why_not_applicable": answer.why_not_applicable,
        "missing": list(answer.missing),
        "grant": grant and {"row": grant.number, "fen": grant.fen},
        "near_miss": outlook.ways(answer),
        "turns": turn and {"on": turn.on.isoformat(), "verdict": turn.verdict.value},
        "conditions": [
            {
                "says": say(found.condition.says),
                "value": value_read(found),
                "limit": limit_of(found.condition, answer.on),
                "since": found.dated and found.dated.start.isoformat(),
                "finding": found.finding.value,
                "clause": found.condition.clause,
            }
            for found in answer.found
        ],
    }
