"""A form that takes papers, beside the platform's own addresses."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path

from jiangxin.foundation.uploads.forms import UploadField, form_with_uploads

# Or the browser would ask for one that is not there.
ICON = '<link rel="icon" href="data:,">'
PAGE = """{% extends "ui/portal.html" %}{% load ui %}{% block content %}
{% page_header "材料" %}
<form method="post" enctype="multipart/form-data" novalidate data-guard>
{% csrf_token %}{{ form }}{% submit "提交" %}</form>{% endblock %}"""


class Application(forms.Form):
    reason = forms.CharField(label="理由")
    papers = UploadField(kind="tests.paper", label="住所证明", most=2)
    photo = UploadField(kind="tests.picture", label="照片", required=False)


@login_required
def papers(request):
    form = form_with_uploads(request, Application)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        names = [upload.name for upload in (*given["papers"], *given["photo"])]
        return HttpResponse(f"{ICON}收到：{'、'.join(names)}")
    context = RequestContext(request, {"form": form, "title": "材料"})
    return HttpResponse(Template(PAGE).render(context))


urlpatterns = [
    path("papers/", papers, name="papers"),
    path("", include("jiangxin.project.urls")),
]
