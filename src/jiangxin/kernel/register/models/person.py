"""People: one current row each, and earlier versions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.sealing.fields import SealedTextField
from jiangxin.kernel.register.enums import IdType, Sex

# What blind indexes are made for; a digest of another purpose finds nothing here.
ID_NUMBER_PURPOSE = "register.id_number"
PHONE_PURPOSE = "register.phone"


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


class Person(PersonDetails):
    """A worker as they are now; `id` is the person number that people quote."""

    id_type = models.CharField(
        _("Identity document"),
        max_length=3,
        choices=IdType,
        default=IdType.RESIDENT,
    )
    id_number = SealedTextField(_("Identity number"))
    # Keyed digest of the number: uniqueness and look-up without reading it.
    id_index = models.CharField(max_length=32, unique=True)
    # Where the person is counted: the division of the open employment's employer, else
    # of the open membership's union, else of the last one. Kept by operations/places.py
    # so that what a scope covers is one range of one index.
    region_code = models.CharField(
        _("Region"), max_length=12, blank=True, default="", db_default=""
    )
    registered_at = models.DateTimeField(_("Registered at"))

    class Personal:
        fields: ClassVar = {
            **PERSONAL_DETAILS,
            "region_code": "who may see the record",
            "id_type": "to know whom a record is about",
            "id_number": "one record a person",
            "id_index": "one record a person",
        }
        retention = "register"

    class Meta:
        verbose_name = _("Person")
        indexes: ClassVar = [
            models.Index(fields=["name"], name="register_person_name"),
            # The order of lists. With the region, so that the people a scope covers are
            # counted and paged from here alone: with an index on the region by itself,
            # SQLite would sort a county's people anew for every page.
            models.Index(
                fields=["name_pinyin", "id", "region_code"],
                name="register_person_pinyin",
            ),
            models.Index(
                fields=["phone_index"],
                condition=~models.Q(phone_index=""),
                name="register_person_phone",
            ),
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
