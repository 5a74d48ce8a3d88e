"""A newsroom: a home page, the stream of articles, a centre with two branches, and editors with mandates in them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page, Site

from serikat.kernel.access import Role, console
from serikat.newsroom.models import Article, ArticleIndex, HomePage
from serikat.newsroom.services.approval import approved_batch
from serikat.newsroom.tests import builders
from serikat.units.models import Decree, Mandate
from serikat.units.services import found_root_unit, found_unit

CONSOLE = console("uji")


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    """Guarded roles are awake without a second factor, as in the demo."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def centre(db):
    return found_root_unit(actor=CONSOLE, name="Pusat Media", code="pusat")


@pytest.fixture
def west(centre):
    return found_unit(actor=CONSOLE, parent=centre, name="Cabang Barat", kind="branch")


@pytest.fixture
def east(centre):
    return found_unit(actor=CONSOLE, parent=centre, name="Cabang Timur", kind="branch")


@pytest.fixture
def user(db):
    def make(name):
        return get_user_model().objects.create(username=name.lower(), name=name)

    return make


@pytest.fixture
def give(db):
    """Give a user a role in a unit."""

    def give(user, unit, role=Role.EDITOR, **terms):
        today = timezone.localdate()
        decree, _made = Decree.objects.get_or_create(
            unit=unit, number="1/2026", defaults={"about": "Redaksi", "decided_on": today}
        )
        terms = {"starts_on": today, "ends_on": today + timedelta(days=300)} | terms
        return Mandate.objects.create(user=user, role=role.value, unit=unit, decree=decree, **terms)

    return give


@pytest.fixture
def sari(user, give, centre):
    """An editor of the centre."""
    someone = user("Sari")
    give(someone, centre)
    return someone


@pytest.fixture
def budi(user, give, centre):
    """Another editor of the centre."""
    someone = user("Budi")
    give(someone, centre)
    return someone


@pytest.fixture
def wati(user, give, west):
    """An editor of the western branch."""
    someone = user("Wati")
    give(someone, west)
    return someone


@pytest.fixture
def home(centre):
    root = Page.get_first_root_node()
    with approved_batch(batch="uji"):
        home = root.add_child(instance=HomePage(title="Beranda", slug="beranda", unit=centre))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    return home


@pytest.fixture
def index(home, centre):
    with approved_batch(batch="uji"):
        return home.add_child(instance=ArticleIndex(title="Berita", slug="berita", unit=centre))


@pytest.fixture
def draft(index):
    """Write a draft by a user in a unit."""

    def draft(author, unit, title="Upah naik"):
        article = Article(title=title, unit=unit, live=False, owner=author)
        index.add_child(instance=article)
        article.save_revision(user=author)
        article.refresh_from_db()
        return article

    return draft


@pytest.fixture
def live(draft):
    """A live article, through an approved batch."""

    def live(author, unit, title="Sudah tayang"):
        article = draft(author, unit, title)
        with approved_batch(batch="uji"):
            article.get_latest_revision().publish()
        article.refresh_from_db()
        return article

    return live


@pytest.fixture
def sign_in(client):
    def sign_in(someone):
        client.force_login(someone)
        return client

    return sign_in


@pytest.fixture
def site(db):
    """A founded site, for the tests of public pages."""
    return builders.a_site()


@pytest.fixture
def rini(user, give, centre):
    """A contributor of the centre."""
    someone = user("Rini")
    give(someone, centre, Role.CONTRIBUTOR)
    return someone


@pytest.fixture(autouse=True)
def _own_clips(settings, tmp_path):
    settings.CLIPS_ROOT, settings.UPLOADS_ROOT = tmp_path / "clips", tmp_path / "uploads"
    settings.MEDIA_ROOT = tmp_path / "media"
