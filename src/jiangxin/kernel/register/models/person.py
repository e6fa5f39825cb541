"""People: one current row each, and earlier versions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.db import AfterFirst, HasFour
from jiangxin.foundation.sealing import blind_index
from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.register.enums import IdType, Sex

# What blind indexes are made for; a digest of another purpose finds nothing here.
ID_NUMBER_PURPOSE = "register.id_number"
PHONE_PURPOSE = "register.phone"
ID_TAIL_PURPOSE = "register.id_tail"
# How many of an identity number's last characters people give to be found by.
ID_TAIL_LENGTH = 4


def id_tail_index(id_number: str) -> str:
    """Return the keyed digest of an identity number's last characters."""
    return blind_index(id_number[-ID_TAIL_LENGTH:], purpose=ID_TAIL_PURPOSE)


_IN_LIST_ORDER = ["name_pinyin", "id", "region_code", "merged_into"]


class PersonDetails(models.Model):
    """What may change about a person while they stay the same one."""

    name = models.CharField(_("Name"), max_length=64)
    name_pinyin = models.CharField(_("Pinyin"), max_length=128, blank=True)
    name_initials = models.CharField(_("Initials"), max_length=16, blank=True)
    sex = models.CharField(_("Sex"), max_length=1, choices=Sex)
    birth_on = models.DateField(_("Date of birth"))
    # Sealed for one place in both tables, so that a version can be copied as it lies.
    phone = SealedTextField(
        _("Mobile phone"), blank=True, sealed_as="register.Person.phone"
    )
    # Keyed digest of the phone; "" when none is known.
    phone_index = models.CharField(max_length=32, blank=True)
    education = models.CharField(_("Education"), max_length=2, blank=True)
    # Where each value comes from, as rules/sources.py keeps it.
    sources = models.JSONField(_("Sources"), default=dict, db_default={})
    valid_from = models.DateField(_("Valid from"))

    class Meta:
        abstract = True


PERSONAL_DETAILS = {
    "name": "to know whom a record is about",
    "name_pinyin": "search",
    "name_initials": "search",
    "sex": "statistics and policies",
    "birth_on": "policies with an age condition",
    "phone": "to reach the person",
    "phone_index": "look-up by phone",
    "education": "policies with an education condition",
}


class PresentPeople(models.Manager["Person"]):
    """People without those whose record was merged into another's."""

    def get_queryset(self) -> models.QuerySet["Person"]:
        return super().get_queryset().filter(merged_into__isnull=True)


class EveryPerson(models.Manager["Person"]):
    """People and merged records, and where the latter went."""

    def numbers_now(self, **condition: object) -> list[int]:
        """Return under which numbers those who meet a condition are kept now."""
        rows = self.filter(**condition).values_list("pk", "merged_into")
        numbers = (
            number if into is None else self.number_now(into) for number, into in rows
        )
        return list(dict.fromkeys(numbers))

    def number_now(self, person_id: int) -> int:
        """Return under which number somebody is kept now; their own, if not merged."""
        found = self.filter(pk=person_id).values_list("merged_into", flat=True).first()
        return person_id if found is None else self.number_now(found)


class Person(PersonDetails):
    """A worker as they are now; `id` is the person number that people quote.

    `objects` leaves out merged records, so that nobody is counted, listed, matched or
    changed twice by a query that did not think of them; `every` has them too.
    """

    id_type = models.CharField(
        _("Identity document"),
        max_length=3,
        choices=IdType,
        default=IdType.RESIDENT,
    )
    id_number = SealedTextField(_("Identity number"))
    # Keyed digest of the number: uniqueness and look-up without reading it.
    id_index = models.CharField(max_length=32)
    # The same of its last four characters: some thirty people in 300,000 share one.
    id_tail_index = models.CharField(
        max_length=32, blank=True, default="", db_default=""
    )
    # Where the person is counted: the division of the open employment's employer, else
    # of the open membership's union, else of the last one. Kept by operations/places.py
    # so that what a scope covers is one range of one index.
    region_code = models.CharField(
        _("Region"), max_length=12, blank=True, default="", db_default=""
    )
    registered_at = models.DateTimeField(_("Registered at"))
    # Set when two records turned out to be of one person; this one then stays as it
    # was, and its identity number leads to the other.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_people",
        db_index=False,
        verbose_name=_("Merged into"),
    )

    objects = PresentPeople()
    every: ClassVar[EveryPerson] = EveryPerson()

    class Personal:
        fields: ClassVar = {
            **PERSONAL_DETAILS,
            "region_code": "who may see the record",
            "id_type": "to know whom a record is about",
            "id_number": "one record a person",
            "id_index": "one record a person",
            "id_tail_index": "look-up by the last four of the identity number",
            "merged_into": "one record a person",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Person")
        # Searching walks one of these and reads no row but those it shows: each holds
        # the order of lists, and what tells whether one may see the person.
        indexes: ClassVar = [
            models.Index(
                fields=["name", *_IN_LIST_ORDER],
                # On PostgreSQL only this kind finds names by their beginning.
                opclasses=["varchar_pattern_ops", "", "", "", ""],
                name="register_person_by_name",
            ),
            models.Index(
                fields=[*_IN_LIST_ORDER, "name_initials", "name"],
                name="register_person_in_order",
            ),
            models.Index(AfterFirst("name"), name="register_person_by_given_name"),
            # The few names that hold two characters elsewhere than at an end.
            models.Index(
                fields=["name"],
                condition=models.Q(HasFour("name")),
                name="register_person_by_long_name",
            ),
            # Digests are asked for whole: compared byte by byte they need no collation.
            models.Index(
                fields=["id_tail_index"],
                opclasses=["varchar_pattern_ops"],
                name="register_person_by_id_tail",
            ),
            models.Index(fields=["birth_on"], name="register_person_by_birth"),
            # Whole, though some have no phone: SQLite does not see that a look-up by
            # parameter would fall into an index with the condition that there is one.
            models.Index(
                fields=["phone_index"],
                opclasses=["varchar_pattern_ops"],
                name="register_person_by_phone",
            ),
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="register_person_merged_into",
            ),
        ]
        # Not `unique=True`, which on PostgreSQL brings a second index for LIKE.
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id_index"], name="register_person_once")
        ]

    def __str__(self) -> str:
        return self.name


class PersonPast(PersonDetails):
    """How a person was from `valid_from` until before `valid_to`."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="past_versions", db_index=False
    )
    valid_to = models.DateField(_("Valid to"))

    class Personal:
        fields: ClassVar = PERSONAL_DETAILS
        retention = "register"

    class Meta:
        verbose_name = _("Earlier version of a person")
        indexes: ClassVar = [
            models.Index(
                fields=["person", "valid_to"], name="register_personpast_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (- {self.valid_to})"
