"""What is asked before an address of Wagtail's is entered, where Wagtail itself does not ask, or answers without a sentence."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex

from serikat.kernel.errors import Missing, Refused
from serikat.newsroom.cms.authority import PageTester
from serikat.newsroom.models import NewsDocument, Picture
from serikat.newsroom.selectors.editing import is_cover, pages_to_link, pages_to_walk, row_of


class OnceShown(Refused):
    message = _("Halaman yang pernah tayang tidak dihapus, karena orang lain bersandar padanya. Turunkan saja.")
    code = "once_shown"


class StillUsed(Refused):
    message = _("Berkas ini masih dipakai di situs. Lepaskan dulu dari halaman yang memakainya.")
    code = "still_used"


class WrongParent(Refused):
    message = _("Halaman ini tidak dapat ditempatkan di sana.")


def _tester(request: HttpRequest, page_id: Any) -> PageTester:
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        raise Missing
    return PageTester(request.user, page)


class HalfAForm(Refused):
    message = _("Kiriman ini tidak lengkap. Muat ulang halaman, lalu coba lagi.")


def link_is_named(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Wagtail trips over a link form that was sent without its field."""
    if request.method == "POST" and "external-link-chooser-url" not in request.POST:
        raise HalfAForm


def may_walk(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """A page that the explorer does not list is not walked by its address either; the root leads to the home page."""
    page_id = kwargs["parent_page_id"]
    root = Page.get_first_root_node()
    if page_id != getattr(root, "pk", None) and not pages_to_walk(request.actor).filter(pk=page_id).exists():  # type: ignore[attr-defined]
        raise Missing


def may_edit(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    if not _tester(request, kwargs["page_id"]).can_edit():
        raise Missing


def parent_is_no_secret(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    if not _tester(request, kwargs["parent_page_id"]).can_add_subpage():
        raise Missing


def never_shown(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Say why a page that readers have seen is not deleted."""
    tester = _tester(request, kwargs["page_id"])
    if tester.in_reach and not tester.can_delete():
        raise OnceShown


def may_move(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Wagtail asks only on POST; its confirmation page would show both titles."""
    tester = _tester(request, kwargs["page_to_move_id"])
    destination = Page.objects.filter(pk=kwargs["destination_id"]).first()
    if destination is None or not tester.in_reach or not pages_to_walk(tester.actor).filter(pk=destination.pk).exists():
        raise Missing
    if not tester.can_move_to(destination):
        raise WrongParent


def copy_has_a_parent(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Wagtail trusts that the form names an existing parent."""
    if request.method == "POST":
        wanted = request.POST.get("new_parent_page", "")
        if not wanted.isdigit() or not pages_to_walk(request.actor).filter(pk=int(wanted)).exists():  # type: ignore[attr-defined]
            raise WrongParent


def numbers(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Ids in a query are numbers."""
    for name in ("id", "target_pages[]"):
        if any(value and not value.isdigit() for value in request.GET.getlist(name)):
            raise Missing


def may_link(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    if not pages_to_link(request.actor).filter(pk=kwargs["parent_page_id"]).exists():  # type: ignore[attr-defined]
        raise Missing


def may_link_all(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    wanted = {int(value) for value in request.GET.getlist("id") if value}
    if pages_to_link(request.actor).filter(pk__in=wanted).count() != len(wanted):  # type: ignore[attr-defined]
        raise Missing


def tags_of_the_site(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    if (kwargs["app_name"], kwargs["model_name"]) != ("taggit", "tag"):
        raise Missing


def session_of_a_page(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    if (kwargs["app_label"], kwargs["model_name"]) != ("wagtailcore", "page") or not kwargs["object_id"].isdigit():
        raise Missing


def _unused(kind: type[Picture] | type[NewsDocument], pk: int) -> None:
    row = row_of(kind, pk)
    if row is not None and (is_cover(row) or ReferenceIndex.get_references_to(row).exists()):
        raise StillUsed


def picture_is_unused(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    if request.method == "POST":
        _unused(Picture, kwargs["image_id"])


def document_is_unused(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    if request.method == "POST":
        _unused(NewsDocument, kwargs["document_id"] if "document_id" in kwargs else kwargs["doc_id"])


def picture_exists(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    _exists(Picture, kwargs["pk"])


def document_exists(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    _exists(NewsDocument, kwargs["pk"])


def _exists(kind: type[Picture] | type[NewsDocument], pk: str) -> None:
    if not pk.isdigit() or row_of(kind, int(pk)) is None:
        raise Missing
