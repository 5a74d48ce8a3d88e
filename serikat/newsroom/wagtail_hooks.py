"""How the editor's screens differ from Wagtail's own: what the menus show, what a saved page leads to, which pages may be linked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from serikat.kernel.access import Actor
from serikat.kernel.errors import Refused
from serikat.newsroom.forms.posts import senders_left_out
from serikat.newsroom.selectors.editing import approval_required, pages_to_link, pages_to_walk
from serikat.newsroom.services.approval import NotApproved
from serikat.newsroom.services.editing import submit_page

SHOWN_MENU = {"desk", "pages", "images", "documents"}


class SubmitItem(ActionMenuItem):
    """Save and ask for a second person's yes."""

    name = "action-send-for-review"
    label = gettext_lazy("Simpan dan kirim untuk diperiksa")
    icon_name = "resubmit"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return approval_required() and bool(super().is_shown(context))


class ReviewItem(ActionMenuItem):
    """The desk's page about this one: approve, publish, send back."""

    name = "action-review"
    label = gettext_lazy("Periksa dan setujui")
    icon_name = "check"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context["view"] == "edit"

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("newsroom_desk:review", args=[context["page"].pk])


@hooks.register("register_page_action_menu_item")
def submit_item() -> ActionMenuItem:
    return SubmitItem(order=5)


@hooks.register("register_page_action_menu_item")
def review_item() -> ActionMenuItem:
    return ReviewItem(order=6)


@hooks.register("register_admin_menu_item")
def desk_item() -> MenuItem:
    return MenuItem(gettext_lazy("Meja redaksi"), "/meja/redaksi/", icon_name="home", name="desk", order=1)


@hooks.register("register_admin_menu_item")
def pages_item() -> MenuItem:
    """Wagtail's own item opens a drawer that asks its program interface, which is closed here."""
    return MenuItem(
        gettext_lazy("Halaman"),
        reverse("wagtailadmin_explore_root"),
        icon_name="folder-open-inverse",
        name="pages",
        order=100,
    )


@hooks.register("construct_main_menu")
def only_what_is_open(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if item.name in SHOWN_MENU]


def _after_saving(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Submit when the editor asked for it; say why nothing went live when they pressed (or posted) Wagtail's own button, and what of a
    pasted chat was left out."""
    if count := getattr(page, "senders_left_out", 0):
        messages.info(request, senders_left_out(count))
    if "action-send-for-review" in request.POST:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        page = Page.objects.get(pk=page.pk).specific
        try:
            submit_page(actor=actor, page=page)
        except Refused as refused:
            messages.warning(request, str(refused))
            return None
        messages.success(request, _("Terkirim. Yang berhak menyetujui sudah diberi tahu."))
        return redirect("newsroom_desk:review", page.pk)
    if "action-publish" in request.POST and approval_required():
        messages.warning(request, str(NotApproved.message))
    return None


hooks.register("after_edit_page", _after_saving)
hooks.register("after_create_page", _after_saving)


@hooks.register("construct_page_chooser_queryset")
def pages_that_may_be_linked(pages: Any, request: HttpRequest) -> Any:
    return pages.filter(pk__in=pages_to_link(request.actor).values("pk"))  # type: ignore[attr-defined]


@hooks.register("construct_explorer_page_queryset")
def pages_that_may_be_walked(parent: Page, pages: Any, request: HttpRequest) -> Any:
    return pages.filter(pk__in=pages_to_walk(request.actor).values("pk"))  # type: ignore[attr-defined]


@hooks.register("construct_homepage_panels")
def no_panels(request: HttpRequest, panels: list[Any]) -> None:
    panels.clear()


@hooks.register("construct_homepage_summary_items")
def no_summary(request: HttpRequest, items: list[Any]) -> None:
    items.clear()


@hooks.register("insert_global_admin_css")
def own_look() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/cms.css"))


@hooks.register("insert_global_admin_js")
def own_names() -> str:
    scripts = ((static(f"newsroom/{name}.js"),) for name in ("cms", "photo"))
    return format_html_join("", '<script type="module" src="{}"></script>', scripts)
