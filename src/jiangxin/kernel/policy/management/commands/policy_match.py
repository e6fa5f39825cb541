"""`jiangxin policy match [--policy CODE …] [--on DATE] [--dry-run]`."""

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.clock.arguments import day
from jiangxin.foundation.clock.working_days import today
from jiangxin.foundation.errors import NotFound, Refused
from jiangxin.foundation.i18n import grouped, table_date
from jiangxin.kernel.policy.enums import Subject
from jiangxin.kernel.policy.operations import (
    PolicyCounts,
    match_everyone,
    match_register,
    preview,
)
from jiangxin.kernel.policy.registry import policies_about, policy, policy_about
from jiangxin.kernel.policy.registry.wording import say

COMMAND_REASON = "command"


class Command(BaseCommand):
    help = "Match policies with the whole register, as of today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--policy",
            action="append",
            metavar="CODE",
            help="only this policy; may be repeated",
        )
        parser.add_argument(
            "--on",
            type=day,
            metavar="DATE",
            help="as of another day: counts whom it would serve and writes nothing",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="count the changes, write nothing"
        )

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        on: date = options["on"] or today(now)
        try:
            about = policies_about(Subject.PERSON)
            codes = options["policy"] or ()
            chosen = [policy_about(Subject.PERSON, code) for code in codes]
            if options["dry_run"] or on != today(now):
                with transaction.atomic():
                    counts = preview(person_ids=None, on=on, policies=chosen or about)
                self._print(counts, on)
                self.stdout.write(_("Nothing was written."))
                return
            who: Any = {"actor": SYSTEM, "now": now, "reason": COMMAND_REASON}
            run = (
                match_everyone(**who, policies=chosen)
                if chosen
                else match_register(**who)
            )
        except NotFound as unknown:
            known = ", ".join(one.code for one in policies_about(Subject.PERSON))
            raise CommandError(
                _("There is no such policy. There are: %(known)s") % {"known": known}
            ) from unknown
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self._print(
            {code: PolicyCounts(**kept) for code, kept in run.counts.items()}, on
        )

    def _print(self, counts: Mapping[str, PolicyCounts], on: date) -> None:
        self.stdout.write(_("As of %(day)s:") % {"day": table_date(on)})
        for code, count in counts.items():
            sentence = _(
                "%(title)s (%(code)s): %(eligible)s eligible, %(gained)s newly, "
                "%(lost)s no longer"
            )
            self.stdout.write(
                sentence
                % {
                    "title": say(policy(code).title),
                    "code": code,
                    "eligible": grouped(count.eligible),
                    "gained": grouped(count.gained),
                    "lost": grouped(count.lost),
                }
            )
