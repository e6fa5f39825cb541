"""E14: each model says which of its fields are personal, what for and how long kept."""

import re

import pytest
from django.db.models import Field

from jiangxin.foundation.sealing.fields import SealedTextField
from tests.architecture.tree import our_models

_PERSONAL_NAME = re.compile(
    r"(^|_)(name|phone|mobile|email|address|birth|sex|gender|id_number|account|username|"
    r"person|holder|signature|photo|ip|wechat)(_|$)"
)


def _looks_personal(field):
    return isinstance(field, SealedTextField) or bool(_PERSONAL_NAME.search(field.name))


def _own_fields(model):
    """A reference says whom a row is about; what it says of them is in other fields."""
    return [
        field
        for field in model._meta.get_fields()
        if isinstance(field, Field) and not field.is_relation
    ]


each_model = pytest.mark.parametrize(
    "model", our_models(), ids=lambda model: model._meta.label
)


@each_model
def test_model_says_which_fields_are_personal(model):
    assert "Personal" in vars(model), (
        "write `class Personal:` with fields and retention"
    )
    assert all(model.Personal.fields.values()), "each personal field has a purpose"
    assert model.Personal.retention, "name the retention rule"


@each_model
def test_what_looks_personal_is_declared_or_explained_away(model):
    declared = set(model.Personal.fields) | set(
        getattr(model.Personal, "not_personal", ())
    )
    undeclared = {field.name for field in _own_fields(model) if _looks_personal(field)}
    assert undeclared - declared == set()


@each_model
def test_what_is_declared_personal_exists(model):
    names = {field.name for field in model._meta.get_fields()}
    declared = set(model.Personal.fields) | set(
        getattr(model.Personal, "not_personal", ())
    )
    assert declared - names == set()
