"""What matters bring."""

from datetime import time

from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.jobs.daily import Daily
from jiangxin.foundation.parts import (
    Erasure,
    MenuItem,
    Part,
    Permission,
    WaitingItem,
)
from jiangxin.foundation.sealing import mask_phone
from jiangxin.foundation.sealing.files import SealedFiles
from jiangxin.kernel.matters import jobs, permissions
from jiangxin.kernel.matters.enums import ServiceSubject
from jiangxin.kernel.matters.events import EVENTS
from jiangxin.kernel.matters.models import Matter
from jiangxin.kernel.matters.operations.erasing import (
    delete_forgotten_drafts,
    delete_outdated_files,
    forgotten_drafts,
    outdated_files,
)
from jiangxin.kernel.matters.operations.files import sealed_materials
from jiangxin.kernel.matters.operations.materials import MATERIAL_FILE
from jiangxin.kernel.matters.operations.telling import KINDS
from jiangxin.kernel.matters.queries import register
from jiangxin.kernel.matters.queries.outlook import count_likely_late
from jiangxin.kernel.matters.queries.own import files_of, lines_of, rows_of
from jiangxin.kernel.matters.queries.queues import count_due, count_to_accept
from jiangxin.kernel.matters.reference import SERVICES_PAGE
from jiangxin.kernel.matters.registry import Known
from jiangxin.kernel.privacy.registry import OwnData
from jiangxin.kernel.register.registry import MovesWithPerson

ORGANISATION, PERSON = ServiceSubject.ORGANISATION, ServiceSubject.PERSON

KNOWN = (
    Known(
        "organisation_name",
        _("Name of the organisation"),
        ORGANISATION,
        register.organisation_name,
    ),
    Known(
        "credit_code",
        _("Unified social credit code"),
        ORGANISATION,
        register.credit_code,
    ),
    Known(
        "employer_name",
        _("Employer the union belongs to"),
        ORGANISATION,
        register.employer_name,
    ),
    Known(
        "employer_credit_code",
        _("The employer's unified social credit code"),
        ORGANISATION,
        register.employer_credit_code,
    ),
    Known("upper_union", _("Next higher union"), ORGANISATION, register.upper_union),
    Known("member_count", _("Members"), ORGANISATION, register.member_count),
    Known("person_name", _("Name"), PERSON, register.person_name),
    Known("person_phone", _("Mobile phone"), PERSON, register.person_phone, mask_phone),
    Known("person_employer", _("Employer"), PERSON, register.person_employer),
    Known("person_union", _("Union"), PERSON, register.person_union),
)

PART = Part(
    key="matters",
    title=_("Matters"),
    purpose=_("Things people ask for, from application to what is handed over."),
    urls="jiangxin.kernel.matters.urls",
    brings=(
        Permission(
            permissions.VIEW,
            _("See matters"),
            _("The matters of the place, where they stand and what was handed in."),
            opens_people=True,
        ),
        Permission(
            permissions.HANDLE,
            _("Handle matters"),
            _("Accept applications, ask for supplements, do the steps, hand out."),
        ),
        Permission(
            permissions.DECIDE,
            _("Decide about matters"),
            _("Grant or refuse what was applied for."),
        ),
        Permission(
            permissions.ASSIGN,
            _("Assign matters"),
            _("Give matters to colleagues, and see what sits too long."),
        ),
        Permission(
            permissions.FILE,
            _("File for organisations"),
            _("Apply on behalf of an organisation of the place."),
        ),
        Permission(
            permissions.APPLY,
            _("Apply for oneself"),
            _("Apply for what is offered to workers, and follow it."),
        ),
        MenuItem(
            "desk",
            _("Matters"),
            "matters:matter-list",
            "inbox",
            permissions.VIEW,
            order=12,
        ),
        MenuItem(
            "desk",
            _("Forecast of missed days"),
            "matters:forecast",
            "calendar",
            permissions.VIEW,
            order=13,
        ),
        MenuItem(
            "desk",
            _("Services"),
            "matters:desk-services",
            "file-text",
            permissions.FILE,
            order=14,
        ),
        MenuItem(
            "desk",
            _("My applications"),
            "matters:desk-filings",
            "list-check",
            permissions.FILE,
            order=16,
        ),
        MenuItem(
            "portal",
            _("Services"),
            "matters:portal-services",
            "file-text",
            permissions.APPLY,
            order=12,
        ),
        MenuItem(
            "portal",
            _("My applications"),
            "matters:portal-filings",
            "list-check",
            permissions.APPLY,
            order=14,
        ),
        MenuItem("public", _("Services"), "matters:guide-list", "file-text", order=20),
        MenuItem("public", _("Where it stands"), "matters:status", "search", order=30),
        WaitingItem(
            "matters.due",
            _("Matters that are due today or overdue"),
            "clock",
            "matters:matter-list",
            count_due,
            permissions.HANDLE,
            unit=_("matters"),
        ),
        WaitingItem(
            "matters.to_accept",
            _("Applications to be accepted"),
            "inbox",
            "matters:matter-list",
            count_to_accept,
            permissions.HANDLE,
            unit=_("matters"),
        ),
        WaitingItem(
            "matters.likely_late",
            _("Matters that are likely to miss their day"),
            "alert-triangle",
            "matters:forecast",
            count_likely_late,
            permissions.ASSIGN,
            unit=_("matters"),
        ),
        *KNOWN,
        *KINDS,
        MATERIAL_FILE,
        SERVICES_PAGE,
        MovesWithPerson(Matter, lines=lines_of),
        OwnData("matters", _("What I applied for"), rows_of),
        OwnData("matter_files", _("What I handed in"), files_of),
        SealedFiles(sealed_materials),
        Erasure(
            "matters.files",
            "matter_files",
            _("Files of settled matters"),
            count=lambda before: outdated_files(before).count(),
            erase=delete_outdated_files,
        ),
        Erasure(
            "matters.drafts",
            "matter_drafts",
            _("Applications begun and forgotten"),
            count=lambda before: forgotten_drafts(before).count(),
            erase=delete_forgotten_drafts,
        ),
        jobs.sweep_matters,
        Daily(jobs.sweep_matters, at=time(1, 0)),
        *EVENTS,
    ),
)
