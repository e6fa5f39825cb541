"""What templates ask of a notice."""

from django import template

from jiangxin.kernel.notices.queries.reading import may_refuse

register = template.Library()
register.filter("may_be_refused", may_refuse)
