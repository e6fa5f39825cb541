"""`jiangxin privacy apply-retention`: what is due, and with --delete its deletion."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.i18n import table_moment
from jiangxin.kernel.privacy.operations.retention import apply_retention


class Command(BaseCommand):
    help = "Show what was kept long enough, by kind; delete it when told to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument(
            "--dry-run", action="store_true", help="only count, which is the default"
        )
        choice.add_argument("--delete", action="store_true", help="delete what is due")

    def handle(self, *args: Any, delete: bool, **options: Any) -> None:
        outcomes = apply_retention(
            is_dry_run=not delete, actor=SYSTEM, now=timezone.now()
        )
        for each in outcomes:
            self.stdout.write(
                _("%(count)s - %(what)s, from before %(before)s (kept %(days)s days)")
                % {
                    "count": each.count,
                    "what": each.erasure.label,
                    "before": table_moment(each.before),
                    "days": each.days,
                }
            )
        self.stdout.write(
            _("It is deleted.")
            if delete
            else _("Nothing was deleted. Do it with --delete.")
        )
