"""`jiangxin credentials keys`: the signing keys, without their private parts."""

from typing import Any

from django.core.management.base import BaseCommand

from jiangxin.foundation.i18n import table_moment
from jiangxin.kernel.credentials.models import SigningKey


class Command(BaseCommand):
    help = "List the keys that credentials are signed with, newest first."

    def handle(self, *args: Any, **options: Any) -> None:
        for key in SigningKey.objects.defer("private_part").order_by("-pk"):
            self.stdout.write(
                f"{key.pk}  {key.get_state_display()}  {table_moment(key.made_at)}"
                f"  {key.public_part}"
            )
