"""The page that asks before an act on an account, and the way to the account."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from jiangxin.foundation.ui.components import Crumb
from jiangxin.foundation.web import Request, page
from jiangxin.kernel.access.models import Account


def account_url(account: Account) -> str:
    return reverse("access:account-detail", args=[account.pk])


def account_crumbs(account: Account | None = None) -> list[Crumb]:
    crumbs = [Crumb(_("Accounts"), reverse("access:account-list"))]
    if account:
        crumbs.append(Crumb(account.display_name, account_url(account)))
    return crumbs


def confirm(
    request: Request,
    account: Account,
    *,
    title: str,
    text: str,
    label: str,
    tone: str = "primary",
) -> HttpResponse:
    context = {
        "title": title,
        "text": text,
        "label": label,
        "tone": tone,
        "cancel_url": account_url(account),
        "crumbs": [*account_crumbs(account), Crumb(title)],
    }
    return page(request, "access/confirm.html", context)
