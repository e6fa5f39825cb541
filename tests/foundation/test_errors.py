from django.utils import translation
from django.utils.translation import gettext_lazy as _

from jiangxin.foundation.errors import NotPermitted, Refused


class Closed(Refused):
    code = "things.closed"
    text = _("Closed on %(day)s.")


def test_a_refusal_fills_its_sentence():
    with translation.override("en"):
        refusal = Closed(day="Monday")
        assert refusal.message == "Closed on Monday."
        assert str(refusal) == "things.closed: Closed on Monday."


def test_a_refusal_keeps_its_values_for_those_who_show_it_otherwise():
    assert Closed(day="Monday").values == {"day": "Monday"}


def test_a_missing_permission_is_named():
    assert NotPermitted("things.do").permission == "things.do"
