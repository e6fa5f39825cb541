from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from jiangxin.foundation.ui.components import (
    TONE_ICONS,
    Act,
    Bar,
    Condition,
    Crumb,
    Empty,
    Fact,
    Moment,
    Step,
    Tab,
)


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


def draw(source, **values):
    return Template("{% load ui %}" + source).render(Context(values))


def test_icon_alone_is_named_and_icon_beside_a_word_is_silent():
    assert 'aria-label="People"' in draw('{% icon "users" label="People" %}')
    assert 'aria-hidden="true"' in draw('{% icon "users" %}')


def test_page_header_has_one_heading_and_one_act():
    html = draw(
        '{% page_header title purpose="Why" act=act %}',
        title="<People>",
        act=Act("Import", "/import/", "upload"),
    )
    assert "<h1>&lt;People&gt;</h1>" in html
    assert html.count("btn-primary") == 1
    assert "btn" not in draw('{% page_header "People" %}')
    by_parts = '{% page_header "People" act_url="/import/" act_label="Import" %}'
    assert 'href="/import/"' in draw(by_parts)


def test_card_wraps_its_content_and_links_on():
    html = draw(
        '{% card title link_url="/all/" link_label="All" %}<p>{{ text }}</p>{% endcard %}',
        title="Wages",
        text="<1>",
    )
    assert '<h2 class="card-title">Wages</h2>' in html
    assert "<p>&lt;1&gt;</p>" in html
    assert 'href="/all/"' in html
    assert "card-header" not in draw("{% card %}bare{% endcard %}")
    assert "card-flush" in draw("{% card flush=True %}x{% endcard %}")


def test_figure_shows_number_unit_and_way_to_the_records():
    html = draw(
        '{% figures %}{% figure 74000 "workers" unit="people" url="/w/" %}{% endfigures %}'
    )
    assert "<strong>74,000</strong>" in html
    assert 'href="/w/"' in html
    assert "<a" not in draw('{% figure 1 "workers" %}')


@pytest.mark.parametrize("tone", TONE_ICONS)
def test_state_is_told_by_word_and_icon_too(tone):
    html = draw("{% badge 'Valid' tone %}", tone=tone)
    assert f"#{TONE_ICONS[tone]}" in html
    assert "Valid</span>" in html


def test_tone_nobody_knows_is_a_fault():
    with pytest.raises(KeyError):
        draw("{% badge 'Valid' 'pink' %}")


@pytest.mark.parametrize(
    ("tone", "role"), [("ok", "status"), ("bad", "alert"), ("warn", "alert")]
)
def test_alert_interrupts_only_when_something_is_wrong(tone, role):
    html = draw("{% alert tone 'Title' %}text{% endalert %}", tone=tone)
    assert f'role="{role}"' in html
    assert "text" in html


def test_empty_state_says_what_to_do():
    act = Act("Import", "/import/")
    by_value = draw("{% empty nothing %}", nothing=Empty("None", "Begin", act))
    by_words = draw(
        '{% empty "None" text="Begin" act_label="Import" act_url="/import/" %}'
    )
    assert 'href="/import/"' in by_value
    assert 'href="/import/"' in by_words
    assert "<a" not in draw('{% empty "None" %}')


def test_unknown_fact_is_said_and_zero_is_a_fact():
    html = draw(
        "{% facts items %}",
        items=[
            Fact("Grade", None),
            Fact("Hours", 0, unit="h"),
            Fact("Firm", "A", url="/a/"),
        ],
    )
    assert html.count("not recorded") == 1
    assert "<dd>0" in html
    assert '<a href="/a/">A</a>' in html


def test_history_shows_days_and_moments():
    html = draw(
        "{% timeline moments %}",
        moments=[
            Moment(date(2026, 3, 15), "Returned", by="Zhang", tone="bad"),
            Moment(
                datetime(2026, 3, 16, 1, tzinfo=UTC), "Sent", text="Again", url="/s/"
            ),
        ],
    )
    assert 'datetime="2026-03-15"' in html
    assert "Zhang" in html
    assert '<a href="/s/">Sent</a>' in html


def test_process_marks_where_one_is():
    steps = [Step("Apply", "done"), Step("Review", "now"), Step("Award", note="May")]
    html = draw("{% steps steps %}", steps=steps)
    assert html.count('aria-current="step"') == 1
    assert html.count("you are here") == 1


def test_conditions_show_value_limit_verdict_and_clause():
    rows = [
        Condition("Age", "38", "at most 45", "met", "Article 2"),
        Condition("Education", "school", "college", "not_met"),
        Condition("Farming", None, "yes", "unknown", note="Ask the employer"),
    ]
    html = draw("{% conditions rows caption='Why' %}", rows=rows)
    for word in ("Met", "Not met", "Not known", "not recorded", "Article 2", "Why"):
        assert word in html


def test_longest_bar_fills_the_width_and_the_shortest_is_seen():
    items = [Bar("A", 135000), Bar("B", 526, url="/b/"), Bar("C", 0)]
    html = draw("{% bars items unit='people' %}", items=items)
    for share in ("100%", "1%", "0%"):
        assert f'width="{share}"' in html
    assert "135,000" in html
    assert "<li>" not in draw("{% bars items %}", items=[])
    assert 'width="0%"' in draw("{% bars items %}", items=[Bar("A", 0)])


def test_progress_shows_figures_and_admits_not_knowing():
    assert "48,200 / 135,000 · 35 %" in draw("{% progress 48200 135000 label='x' %}")
    assert "value=" not in draw("{% progress 0 0 %}")
    assert "starting" in draw("{% progress 0 0 %}")


def test_polling_goes_on_without_javascript_and_stops_when_finished():
    source = "{% polled '/job/1/' finished %}50 %{% endpolled %}"
    running = draw(source, finished=False)
    assert 'hx-trigger="every 2s"' in running
    assert '<noscript><meta http-equiv="refresh"' in running
    finished = draw(source, finished=True)
    assert "hx-get" not in finished
    assert "refresh" not in finished


def test_masked_value_is_revealed_only_by_a_form():
    html = draw("{% masked '330781********1234' reveal_url='/reveal/' %}")
    assert 'method="post" action="/reveal/"' in html
    assert "<form" not in draw("{% masked '330781********1234' %}")


def test_breadcrumb_and_tabs_mark_the_current_one():
    crumbs = [Crumb("People", "/people/"), Crumb("Wang")]
    assert 'aria-current="page">Wang' in draw("{% breadcrumb crumbs %}", crumbs=crumbs)
    tabs = [Tab("Facts", "/f/", is_current=True), Tab("History", "/h/", count=12)]
    html = draw("{% tabs tabs %}", tabs=tabs)
    assert html.count('aria-current="page"') == 1
    assert "12" in html


def test_form_end_has_an_act_and_a_way_out():
    html = draw("{% submit 'Save' cancel_url='/people/' %}")
    assert "Save</button>" in html
    assert 'href="/people/"' in html
