"""What of the demo goes when an organisation begins in earnest: its pages, pictures and bylines, its people and bodies."""

from __future__ import annotations

from serikat.audit.action import inner
from serikat.audit.models import Entry
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
    return remove_demo_records(
        persons=[int(ref.partition(":")[2]) for ref in refs if ref.startswith("people.person:")],
        bodies=[int(ref.partition(":")[2]) for ref in refs if ref.startswith("people.body:")],
    )
