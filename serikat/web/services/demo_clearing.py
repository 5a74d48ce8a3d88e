"""What of the demo goes when an organisation begins in earnest: its pages, pictures and bylines, its people and bodies."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import ManyToOneRel

from serikat.audit.action import inner
from serikat.audit.models import Entry
from serikat.files.models import StoredFile
from serikat.files.services import remove_file
from serikat.helpdesk.models import Call, Consultation, Conversation, Report, ReportedPerson
from serikat.kernel.access import SYSTEM
from serikat.messaging.models import Address
from serikat.newsroom.models import Article, Byline, Picture, StaticPage
from serikat.people.services.demo import remove_demo_records

MARK = "demo:"  # begins the source key of all that the demo brings
STANDING = ("tentang-kami", "pedoman-berita")


@inner("part of another action")
def clear_demo_pages() -> int:
    """Remove the demo's articles, pictures and names from the site; returns how many articles. Standing pages go unless somebody rewrote them."""
    pages = Article.objects.filter(source_key__startswith=MARK)
    count: int = pages.count()
    for page in [*pages, *StaticPage.objects.filter(slug__in=STANDING, owner=None, latest_revision__user=None)]:
        page.delete()
    Picture.objects.filter(source_key__startswith=MARK).delete()
    Byline.objects.filter(external_key__startswith=MARK).delete()
    return count


@inner("part of another action")
def clear_demo_people() -> int:
    """Remove the persons and bodies that the demo wrote down, as the trail remembers them; returns how many."""
    loaded = Entry.objects.filter(action="web.demo.loaded").values("group")
    made = Entry.objects.filter(group__in=loaded, action__in=("people.person.added", "people.body.added"))
    refs = list(made.values_list("subject_ref", flat=True))
    persons = [int(ref.partition(":")[2]) for ref in refs if ref.startswith("people.person:")]
    for noted in (Call, Consultation, Conversation, Report, ReportedPerson):
        noted.objects.filter(person__in=persons).update(person=None)  # type: ignore[attr-defined]
    return remove_demo_records(
        persons=persons,
        bodies=[int(ref.partition(":")[2]) for ref in refs if ref.startswith("people.body:")],
    )


@inner("part of another action")
def drop_addresses(*, pks: Iterable[int]) -> None:
    """Remove these addresses where nothing speaks of them any more. One that has stopped stays: that is nobody's to forget."""
    free = Address.objects.filter(pk__in=set(pks), stopped_at=None)
    for told in Address._meta.get_fields(include_hidden=True):
        if isinstance(told, ManyToOneRel):
            rows = told.field.model._base_manager.filter(**{f"{told.field.name}__in": free})
            free = free.exclude(pk__in=set(rows.values_list(told.field.name, flat=True)))
    free.delete()


@inner("part of another action")
def drop_files(*, refs: Iterable[str]) -> None:
    for file in StoredFile.objects.filter(holder_ref__in=list(refs), removed_at=None):
        remove_file(actor=SYSTEM, file=file, reason="demo")
