"""Many certificates at once are the same as one by one."""

from jiangxin.kernel.credentials.printing import making
from tests.kernel.credentials.printing import paper


def test_certificates_come_in_the_order_given(monkeypatch):
    monkeypatch.setattr(making.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(making, "FEWEST_FOR_PROCESSES", 3)
    names = [f"王{number}" for number in range(4)]
    facts = [paper.honour(salutation=f"{name}同志：") for name in names]
    made = list(making.make_many(facts, paper.seal()))
    for name, document in zip(names, made, strict=True):
        assert f"{name}同志" in paper.text_of(document)
        assert b"/SubFilter /ETSI.CAdES.detached" in document


def test_a_few_are_made_where_one_is(monkeypatch):
    monkeypatch.setattr(making, "ProcessPoolExecutor", None)
    (made,) = making.make_many([paper.honour()], paper.seal())
    assert made.startswith(b"%PDF")
