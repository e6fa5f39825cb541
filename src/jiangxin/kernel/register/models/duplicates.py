"""Two records that may be of one person, what was decided, and how to go back."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.kernel.register.enums import DuplicateRule, DuplicateState
from jiangxin.kernel.register.models.person import Person, PersonPast


class DuplicatePair(models.Model):
    """Two people who may be one. Once decided upon, they are not asked about again."""

    # The one with the lower number first, so that a pair stands here once.
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    rule = models.CharField(_("Found by"), max_length=24, choices=DuplicateRule)
    state = models.CharField(
        _("State"),
        max_length=12,
        choices=DuplicateState,
        default=DuplicateState.OPEN,
    )
    found_at = models.DateTimeField(_("Found at"))
    decided_by = models.BigIntegerField(_("Decided by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {
            "person": "one record a person",
            "other": "one record a person",
            "decided_by": "who answers for the decision",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Possible duplicate")
        constraints: ClassVar = [
            models.UniqueConstraint("person", "other", name="register_pair_once"),
            models.CheckConstraint(
                condition=models.Q(person__lt=models.F("other")),
                name="register_pair_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(state=DuplicateState.OPEN, decided_at__isnull=True)
                | (
                    ~models.Q(state=DuplicateState.OPEN)
                    & models.Q(decided_at__isnull=False)
                ),
                name="register_pair_decided_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} = {self.other_id}?"


class PersonMerge(models.Model):
    """One record became part of another's; its steps say how to part them again."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # Which of the kept record's details came from the other, and whose job stayed open.
    taken = models.JSONField(_("Taken from the merged record"), default=list)
    # The version of the kept record that the merge replaced, if it took any detail.
    replaced = models.ForeignKey(
        PersonPast, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The kept record's last earlier version right after the merge; 0 for none.
    last_version_id = models.BigIntegerField(default=0)
    region_before = models.CharField(max_length=12, blank=True)
    merged_at = models.DateTimeField(_("Merged at"))
    merged_by = models.BigIntegerField(_("Merged by"), null=True, blank=True)
    undone_at = models.DateTimeField(_("Undone at"), null=True, blank=True)
    undone_by = models.BigIntegerField(_("Undone by"), null=True, blank=True)

    class Personal:
        fields: ClassVar = {
            "kept": "one record a person",
            "merged": "one record a person",
            "merged_by": "who answers for the decision",
            "undone_by": "who answers for the decision",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Merge of two records")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "merged",
                condition=models.Q(undone_at__isnull=True),
                name="register_merge_one_standing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} -> {self.kept_id}"


class MergeStep(models.Model):
    """What a merge did to one row of one table; never a personal value.

    before: its changed columns as they were, null when the merge made the row. after:
    as the merge left them.
    """

    merge = models.ForeignKey(PersonMerge, models.CASCADE, related_name="steps")
    table = models.CharField(max_length=64)  # the model's label
    row_id = models.BigIntegerField()
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(encoder=DjangoJSONEncoder)

    class Personal:
        fields: ClassVar[dict[str, str]] = {}
        retention = "register"

    class Meta:
        verbose_name = _("Step of a merge")

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"
