"""`jiangxin trail checkpoint`: note how far all chains reach, and print it to keep."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.forms.models import model_to_dict
from django.utils import timezone

from jiangxin.foundation.trail.verification import take_checkpoint


class Command(BaseCommand):
    help = (
        "Sign how far the trail reaches. Keep what is printed away from the database."
    )

    def handle(self, **options: Any) -> None:
        checkpoint = take_checkpoint(now=timezone.now())
        content = model_to_dict(checkpoint, exclude=["id"])
        self.stdout.write(json.dumps(content, default=str))
