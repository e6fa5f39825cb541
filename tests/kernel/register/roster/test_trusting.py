"""A roster against values whose sources are trusted more, or less."""

import pytest

from jiangxin.kernel.corrections.models import Correction, CorrectionValue
from jiangxin.kernel.register.enums import Source
from jiangxin.kernel.register.models import Employment, Person
from jiangxin.kernel.register.roster import context
from jiangxin.kernel.register.rules.sources import origin_of
from tests.kernel.register.roster.making import counted, row

pytestmark = pytest.mark.django_db
PHONE, OTHER = "15400000001", "15400000999"
OCCUPATIONS = ("6-18-01-01", "6-18-01-02")


@pytest.fixture
def word_of(monkeypatch):
    """Let rosters be somebody's word; those of this county are the federation's."""

    def word(source):
        federated = () if source == Source.EMPLOYER else ("federation",)
        monkeypatch.setattr(context, "_FEDERATED", federated)

    return word


def job(**cells):
    return row(1, occupation=OCCUPATIONS[0], post="组长", **cells)


def test_values_of_a_roster_say_whose_word_they_are(world, word_of):
    word_of(Source.EMPLOYER)
    roster = world.write(job())
    person, work = Person.objects.get(), Employment.objects.get()
    for field in ("name", "phone", "education", "id_number"):
        origin = origin_of(person.sources, field)
        assert (origin.source, origin.act) == (Source.EMPLOYER, f"roster:{roster.pk}")
    assert (work.source, work.act) == ("employer", f"roster:{roster.pk}")


def test_an_employer_does_not_replace_what_the_federation_says(world, word_of):
    world.write(job())
    word_of(Source.EMPLOYER)
    said = row(1, phone=OTHER, education="大学专科", occupation=OCCUPATIONS[1])
    roster = world.write(said)
    person = Person.objects.get()
    assert (person.phone, person.education) == (PHONE, "21")
    assert Employment.objects.get().occupation == OCCUPATIONS[0]
    assert counted(roster) == (0, 0, 1, 0)
    assert roster.counts["kept"] == 1
    kinds = {(kind["column"], kind["code"]) for kind in roster.counts["kinds"]}
    assert kinds == {
        (column, "more_trusted_kept") for column in ("phone", "education", "occupation")
    }


def test_what_was_kept_waits_for_a_clerk_once(world, word_of):
    world.write(row(1))
    word_of(Source.EMPLOYER)
    for _again in range(2):
        world.write(row(1, phone=OTHER))
    correction, value = Correction.objects.get(), CorrectionValue.objects.get()
    assert (correction.asked_by, correction.person) == ("roster", Person.objects.get())
    assert (value.field, value.new) == ("phone", OTHER)


def test_the_rest_of_such_a_row_is_written(world, word_of):
    world.write(row(1, education=None))
    word_of(Source.EMPLOYER)
    roster = world.write(row(1, phone=OTHER, education="大学专科"))
    person = Person.objects.get()
    assert (person.phone, person.education) == (PHONE, "31")
    assert origin_of(person.sources, "education").source == Source.EMPLOYER
    assert origin_of(person.sources, "phone").source == Source.FEDERATION
    assert counted(roster) == (0, 1, 0, 0)


def test_equal_or_higher_trust_replaces(world, word_of):
    word_of(Source.EMPLOYER)
    world.write(job())
    world.write(row(1, phone=OTHER, occupation=OCCUPATIONS[1]))
    assert Person.objects.get().phone == OTHER
    word_of(Source.FEDERATION)
    world.write(row(1, phone=PHONE))
    person = Person.objects.get()
    assert person.phone == PHONE
    assert origin_of(person.sources, "phone").source == Source.FEDERATION
    assert origin_of(person.sources, "education").source == Source.EMPLOYER
    assert not Correction.objects.exists()


def test_a_record_without_sources_is_written_over(world, word_of):
    world.write(row(1))
    Person.objects.update(sources={})
    word_of(Source.EMPLOYER)
    world.write(row(1, phone=OTHER))
    assert Person.objects.get().phone == OTHER


def test_another_employer_begins_another_job_whoever_said_the_last(world, word_of):
    world.write(job())
    word_of(Source.EMPLOYER)
    world.write(
        row(
            1,
            employer="兰溪春禾茶业",
            occupation=OCCUPATIONS[1],
            started_on="2026-11-01",
        )
    )
    work = Employment.objects.get(valid_to=None)
    assert (work.occupation, work.source) == (OCCUPATIONS[1], "employer")


def test_a_job_that_a_roster_adds_to_stays_as_trusted_as_it_was(world, word_of):
    world.write(row(1, occupation=OCCUPATIONS[0]))
    word_of(Source.EMPLOYER)
    world.write(row(1, occupation=OCCUPATIONS[1], post="组长"))
    work = Employment.objects.get(valid_to=None)
    assert (work.occupation, work.post) == (OCCUPATIONS[0], "组长")
    assert work.source == "federation"


def test_earlier_versions_keep_the_sources_they_had(world, word_of):
    word_of(Source.EMPLOYER)
    world.write(row(1))
    word_of(Source.FEDERATION)
    world.write(row(1, phone=OTHER))
    past = Person.objects.get().past_versions.get()
    assert origin_of(past.sources, "phone").source == Source.EMPLOYER
