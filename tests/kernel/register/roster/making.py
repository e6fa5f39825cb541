"""A small county and rosters of it for these tests. Its people exist nowhere."""

import io
from datetime import UTC, date, datetime

import fastexcel
import polars as pl
from django.apps import apps
from rustpy_xlsxwriter import write_worksheet

from jiangxin.foundation.actor import SYSTEM
from jiangxin.foundation.ids.certificate_number import make_certificate_number
from jiangxin.foundation.ids.resident_id import with_check_digit
from jiangxin.kernel.register.models import Organisation, Region
from jiangxin.kernel.register.operations import rosters
from jiangxin.kernel.register.roster import preparing
from jiangxin.kernel.register.roster.context import RosterContext, plain_name
from jiangxin.kernel.register.roster.facets import all_columns

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)
YEARS_AGO = date(2020, 1, 1)
EMPLOYERS = {1: "兰溪恒信机械有限公司", 2: "兰溪春禾茶业", 3: "兰溪无会纸品厂"}


def id_number(person=1, *, born="1990-05-01", sex="1", division="330781"):
    """person: 1 to 499; tells people of one birthday, sex and division apart."""
    century = {"19": "18", "20": "17"}[born[:2]]
    sequence = 2 * person + (sex == "1")
    return with_check_digit(
        f"{division}{century}{born[2:].replace('-', '')}{sequence:03}"
    )


def certificate(serial=1, *, rank=3, year=2021):
    return make_certificate_number(
        by_employer=True,
        organisation=0,
        province_code="33",
        site=990000,
        year=year,
        rank=rank,
        serial=serial,
    )


def row(person=1, **cells):
    """Return a sound row by column key; None takes a cell away."""
    sound = {
        "name": f"测试{'一二三四五六七八九十'[person % 10]}",
        "id_number": id_number(person),
        "phone": f"154{person:08}",
        "education": "大学本科",
        "employer": EMPLOYERS[1],
    }
    return {**sound, **cells}


def with_certificate(person=1, *, rank=3, serial=None, **cells):
    words = {1: "初级工", 2: "中级工", 3: "高级工", 4: "技师", 5: "高级技师"}
    return row(
        person,
        skill_grade=words[rank],
        certificate_number=certificate(serial or person, rank=rank),
        certificate_issued_on="2021-06-01",
        **cells,
    )


def workbook(*rows, language="zh-hans"):
    """Return rows, given by column key, as a workbook under the template's headings."""
    titles = {column.key: column.title_in(language) for column in all_columns()}
    used = [key for key in titles if any(key in each for each in rows)]
    file = io.BytesIO()
    write_worksheet(
        [{titles[key]: each.get(key) for key in used} for each in rows], file
    )
    return file.getvalue()


def written(rows):
    """Return rows, given by heading, as a workbook."""
    file = io.BytesIO()
    write_worksheet(rows, file)
    return file.getvalue()


def read_sheet(content, *, number=0):
    """Return the rows of a sheet, headings first, as lists of texts."""
    sheet = fastexcel.read_excel(content).load_sheet(
        number, header_row=None, dtypes="string"
    )
    return [[text or "" for text in cells] for cells in sheet.to_polars().rows()]


def texts(*rows):
    """Return rows as `check_rows` takes them; the first is row 2 of its file."""
    keys = [column.key for column in all_columns()]
    return pl.DataFrame(
        [
            (place, *(each.get(key) for key in keys))
            for place, each in enumerate(rows, 2)
        ],
        schema={"row": pl.UInt32, **dict.fromkeys(keys, pl.String)},
        orient="row",
    )


def context(**values):
    """Return the world of a federation, as read from no database."""
    known = {
        "organisation": Organisation(region_id="330781"),
        "employers": {plain_name(name): pk for pk, name in EMPLOYERS.items()},
        "own_employer_id": None,
        "regions": dict.fromkeys(EMPLOYERS, "330781"),
        "unions": {1: 11, 2: 12},
        "own_union_id": None,
        "on": TODAY,
        "today": TODAY,
        "now": NOW,
        "allow_demonstration": True,
    }
    return RosterContext(**{**known, **values})


class World:
    """A county with its federation, two employers with a union and one without."""

    def __init__(self):
        self.county = Region.objects.create(code="330781", name="兰溪市", level=3)
        self.town = Region.objects.create(
            code="330781100", name="某镇", level=4, parent=self.county
        )
        self.federation = self._add("F1", "兰溪市总工会", "federation", self.county)
        self.employers = [
            self._add(f"E{n}", name, "employer", self.town)
            for n, name in EMPLOYERS.items()
        ]
        self.unions = [
            self._add(
                f"U{n}", f"{employer}工会", "grassroots_union", self.town, employer
            )
            for n, employer in enumerate(self.employers[:2], 1)
        ]

    def _add(self, code, name, kind, region, employer=None):
        return Organisation.objects.create(
            code=code,
            name=name,
            kind=kind,
            region=region,
            employer=employer,
            valid_from=YEARS_AGO,
        )

    def file(self, *rows, of=None, on=TODAY, name="花名册.xlsx", content=None):
        content = workbook(*rows) if content is None else content
        return rosters.RosterFile(content, name, of or self.federation, on)

    def write(self, *rows, actor=SYSTEM, now=NOW, **of_file):
        """Import rows at once."""
        file = self.file(*rows, **of_file)
        return rosters.import_at_once(file, actor=actor, now=now)

    def hand_in(self, *rows, actor=SYSTEM, **of_file):
        file = self.file(*rows, **of_file)
        return rosters.hand_in_roster(file, actor=actor, now=NOW)

    def checked(self, *rows, actor=SYSTEM, **of_file):
        roster = self.hand_in(*rows, actor=actor, **of_file)
        return rosters.check_roster(roster_id=roster.pk, actor=actor, now=NOW)

    def confirmed(self, *rows, actor=SYSTEM, **of_file):
        roster = self.checked(*rows, actor=actor, **of_file)
        return rosters.confirm_roster(roster_id=roster.pk, actor=actor, now=NOW)


def counted(roster):
    """Return (new, changed, unchanged, refused)."""
    names = ("new", "changed", "unchanged", "refused")
    return tuple(roster.counts[name] for name in names)


def checked(*rows, **values):
    """Return rows checked by themselves, as against no register."""
    mapping = {column.key: column.key for column in all_columns()}
    frame = texts(*rows)
    headings = list(mapping)
    renamed = frame.rename({key: str(place) for place, key in enumerate(headings)})
    table = preparing.Table(headings, renamed)
    return preparing.check(table, mapping, context(**values))


def found(prepared):
    """Return {(row, column, code, is_warning)}."""
    return set(prepared.problems.frame().drop("values").rows())


def contents(*, but=()):
    """Return every row of every table, less those of the models named in `but`."""
    return {
        model._meta.label: sorted(map(repr, model.objects.values_list()))
        for model in apps.get_models()
        if model._meta.label not in but
    }


# What an import keeps of itself, whatever it finds.
KEPT_OF_ROSTERS = {"register.RosterImport", "register.RosterRefusal"}
