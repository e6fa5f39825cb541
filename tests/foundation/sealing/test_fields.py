import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.models import F
from django.test.utils import isolate_apps

from jiangxin.foundation.sealing import SealBroken, seal, unseal
from jiangxin.foundation.sealing.fields import SealedTextField


@pytest.fixture
def note(db, key_ring):
    """A model with sealed fields and a table of its own."""
    with isolate_apps("tests"):

        class Note(models.Model):
            text = SealedTextField()
            other = SealedTextField(blank=True, null=True, sealed_as="tests.Old.other")

            class Meta:
                app_label = "tests"
                managed = False

        kind = "bytea" if connection.vendor == "postgresql" else "BLOB"
        key = "serial" if connection.vendor == "postgresql" else "integer"
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE tests_note (id {key} PRIMARY KEY, text {kind} NOT NULL,"
                f" other {kind})"
            )
        yield Note


def stored(column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM tests_note")  # noqa: S608 -- a test's name
        return bytes(cursor.fetchone()[0])


def test_a_value_is_plain_in_python_and_sealed_in_the_database(note):
    note.objects.create(text="13800138000")
    assert note.objects.get().text == "13800138000"
    assert note.objects.values_list("text", flat=True).get() == "13800138000"
    assert b"138" not in stored("text")
    assert unseal(stored("text"), aad="tests.Note.text") == "13800138000"


def test_empty_and_unknown_stay_what_they_are(note):
    assert note().text == ""
    note.objects.create(text="", other=None)
    assert stored("text") == b""
    found = note.objects.get()
    assert (found.text, found.other) == ("", None)


def test_update_and_bulk_operations_seal_too(note):
    note.objects.bulk_create([note(text="a")])
    note.objects.update(text="b")
    found = note.objects.get()
    assert found.text == "b"
    found.text = "c"
    note.objects.bulk_update([found], ["text"])
    assert note.objects.get().text == "c"


def test_a_value_copied_to_another_column_is_refused(note):
    note.objects.create(text="secret", other="")
    note.objects.update(other=F("text"))
    with pytest.raises(SealBroken, match=r"tests\.Old\.other"):
        note.objects.get()


def test_a_renamed_field_keeps_its_old_place(note):
    note.objects.create(text="a", other="b")
    assert unseal(stored("other"), aad="tests.Old.other") == "b"


@pytest.mark.parametrize("lookup", ["text", "text__in", "text__contains", "text__year"])
def test_a_look_up_is_refused_with_the_way_out(note, lookup):
    with pytest.raises(FieldError, match="blind index"):
        note.objects.filter(**{lookup: ["a"]})


def test_whether_a_value_is_known_may_be_asked(note):
    note.objects.create(text="a", other=None)
    assert note.objects.filter(other__isnull=True).count() == 1


@pytest.mark.parametrize("value", [b"bytes", 12])
def test_only_text_is_taken(note, value):
    with pytest.raises(TypeError, match=r"tests\.Note\.text takes text"):
        note.objects.create(text=value)


def test_sealed_values_are_not_serialised(note):
    field = note._meta.get_field("text")
    with pytest.raises(FieldError, match="sealed"):
        field.value_to_string(note(text="a"))


def test_a_migration_keeps_the_place(note):
    _name, path, _args, kwargs = note._meta.get_field("other").deconstruct()
    assert path.endswith("SealedTextField")
    assert kwargs["sealed_as"] == "tests.Old.other"
    assert "sealed_as" not in note._meta.get_field("text").deconstruct()[3]


def test_a_value_of_another_table_is_refused(note):
    foreign = seal("a", aad="tests.Other.text")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO tests_note (text) VALUES (%s)", [foreign])
    with pytest.raises(SealBroken):
        note.objects.get()
