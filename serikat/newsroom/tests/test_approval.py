"""Nobody puts a revision live that another person did not approve, at whatever point they try."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page

from serikat.kernel.access import ANONYMOUS, actor_of
from serikat.kernel.errors import Denied
from serikat.newsroom.models import Approval, Article
from serikat.newsroom.rules.approval import Saved, content_digest, may_approve, touched_by
from serikat.newsroom.services import editing
from serikat.newsroom.services.approval import NotApproved, OwnWork, approved_batch
from serikat.newsroom.tests.builders import HARMLESS

pytestmark = pytest.mark.django_db


def test_touched_by_counts_from_the_revision_last_live():
    history = [Saved(1, 10), Saved(2, 20), Saved(3, 30)]
    assert touched_by(history, revision=3, live=1) == {20, 30}
    assert touched_by(history, revision=3, live=None) == {10, 20, 30}
    assert touched_by(history, revision=1, live=2) == {10}
    assert may_approve(10, frozenset({20}))
    assert not may_approve(20, frozenset({20}))


def test_touched_by_follows_what_was_brought_back():
    history = [Saved(1, 10, approved=True), Saved(2, 20), Saved(3, 30, approved=True), Saved(4, 40, restores=2)]
    assert touched_by(history, revision=4, live=3) == {20, 40}


def test_content_digest_does_not_depend_on_order():
    assert content_digest({"a": 1, "b": 2}) == content_digest({"b": 2, "a": 1}) != content_digest({"a": 1, "b": 3})


def test_publish_page_refuses_without_a_second_person_and_obeys_one(sari, budi, centre, draft):
    page = draft(sari, centre)
    revision = page.latest_revision
    with pytest.raises(NotApproved):
        editing.publish_page(actor=actor_of(sari), page=page, revision_id=revision.pk)
    with pytest.raises(OwnWork):
        editing.approve_page(actor=actor_of(sari), page=page, revision_id=revision.pk, answers=HARMLESS)
    editing.approve_page(actor=actor_of(budi), page=page, revision_id=revision.pk, answers=HARMLESS)
    editing.publish_page(actor=actor_of(sari), page=page, revision_id=revision.pk)
    page.refresh_from_db()
    assert (page.live, page.live_revision_id) == (True, revision.pk)


def test_an_approval_is_of_exactly_one_revision(sari, budi, centre, draft):
    page = draft(sari, centre)
    editing.approve_page(actor=actor_of(budi), page=page, revision_id=page.latest_revision_id, answers=HARMLESS)
    page.title = "Lain"
    later = page.save_revision(user=budi)
    with pytest.raises(NotApproved):
        later.publish()
    with pytest.raises(editing.NewerVersion):
        editing.approve_page(actor=actor_of(sari), page=page, revision_id=later.pk - 1, answers=HARMLESS)
    with pytest.raises(OwnWork):
        editing.approve_page(actor=actor_of(sari), page=page, revision_id=later.pk, answers=HARMLESS)


def test_an_approved_revision_that_is_rewritten_needs_a_new_approval(sari, budi, centre, draft):
    page = draft(sari, centre)
    revision = page.latest_revision
    editing.approve_page(actor=actor_of(budi), page=page, revision_id=revision.pk, answers=HARMLESS)
    revision.content["title"] = "Diganti diam-diam"
    revision.save()
    with pytest.raises(NotApproved):
        revision.publish()


def test_an_overwritten_revision_loses_its_approval(sari, budi, centre, draft):
    page = draft(sari, centre)
    editing.approve_page(actor=actor_of(budi), page=page, revision_id=page.latest_revision_id, answers=HARMLESS)
    page.title = "Lain"
    page.save_revision(user=sari, overwrite_revision=page.latest_revision)
    assert not Approval.objects.exists()


def test_every_way_of_going_live_from_code_is_refused(sari, centre, draft, live, index):
    page = draft(sari, centre)
    revision = page.latest_revision
    shown = live(sari, centre)

    def save_live():
        page.live = True
        page.save()

    def save_live_as_plain_page():
        plain = Page.objects.get(pk=page.pk)
        plain.live = True
        plain.save(update_fields=["live"])

    def change_live():
        shown.title = "Diganti diam-diam"
        shown.save()

    ways = [
        revision.publish,
        lambda: revision.publish(user=sari, skip_permission_checks=True),
        lambda: page.publish(revision),
        save_live,
        save_live_as_plain_page,
        change_live,
        lambda: Page.objects.filter(pk=page.pk).update(live=True),
        lambda: Article.objects.filter(pk=page.pk).update(live=True),
        lambda: index.add_child(instance=Article(title="Baru", unit=centre, live=True)),
        lambda: Article.objects.get(pk=shown.pk).copy(update_attrs={"slug": "salinan"}, keep_live=True),
        lambda: CreatePageAliasAction(Article.objects.get(pk=shown.pk), update_slug="kembar").execute(
            skip_permission_checks=True
        ),
    ]
    for way in ways:
        with pytest.raises(NotApproved):
            way()
    assert not Article.objects.get(pk=page.pk).live
    assert Article.objects.get(pk=shown.pk).title == "Sudah tayang"


def test_scheduling_needs_the_approval_already(sari, budi, centre, draft):
    page = draft(sari, centre)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision(user=sari)
    with pytest.raises(NotApproved):
        revision.publish()
    editing.approve_and_release(actor=actor_of(budi), page=page, revision_id=revision.pk, answers=HARMLESS)
    revision.refresh_from_db()
    assert abs(revision.approved_go_live_at - page.go_live_at) < timedelta(seconds=1)
    assert not Article.objects.get(pk=page.pk).live


def test_publish_due_puts_live_what_is_due_and_approved(sari, budi, centre, draft, time_passes):
    page = draft(sari, centre)
    page.go_live_at = timezone.now() + timedelta(minutes=5)
    page.expire_at = timezone.now() + timedelta(minutes=60)
    revision = page.save_revision(user=sari)
    editing.approve_and_release(actor=actor_of(budi), page=page, revision_id=revision.pk, answers=HARMLESS)
    assert editing.publish_due() == {"published": 0, "held": 0, "expired": 0}
    time_passes(minutes=6)
    assert editing.publish_due() == {"published": 1, "held": 0, "expired": 0}
    assert Article.objects.get(pk=page.pk).live
    time_passes(minutes=61)
    assert editing.publish_due() == {"published": 0, "held": 0, "expired": 1}
    page = Article.objects.get(pk=page.pk)
    assert (page.live, page.expired) == (False, True)


def test_publish_due_holds_what_nobody_approved(sari, centre, draft):
    page = draft(sari, centre)
    page.revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    assert editing.publish_due() == {"published": 0, "held": 1, "expired": 0}
    assert editing.publish_due() == {"published": 0, "held": 0, "expired": 0}
    assert not Article.objects.get(pk=page.pk).live


@pytest.fixture
def time_passes(monkeypatch):
    """Move the clock that Django and Wagtail read."""
    real = timezone.now

    def time_passes(**delta):
        monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(**delta))

    return time_passes


def test_the_rule_can_be_lifted_with_a_reason_and_stands_in_the_trail(user, give, sari, centre, draft):
    from serikat.audit.models import Entry  # reason: only this test
    from serikat.kernel.access import Role  # reason: only this test

    page = draft(sari, centre)
    with pytest.raises(Denied):
        editing.change_editing_rule(actor=actor_of(sari), approval_required_from_now=False, reason="sendiri")
    admin = user("Admin")
    give(admin, centre, Role.ADMINISTRATOR)
    with pytest.raises(editing.NoteMissing):
        editing.change_editing_rule(actor=actor_of(admin), approval_required_from_now=False, reason=" ")
    editing.change_editing_rule(actor=actor_of(admin), approval_required_from_now=False, reason="Redaksi satu orang")
    assert Entry.objects.filter(action="newsroom.editing_rule.changed").count() == 1
    editing.publish_page(actor=actor_of(sari), page=page, revision_id=page.latest_revision_id)
    assert Article.objects.get(pk=page.pk).live


def test_an_approved_batch_is_for_the_console_alone(sari, centre, draft):
    from serikat.audit.models import Entry  # reason: only this test

    for actor in (ANONYMOUS, actor_of(sari)):
        with pytest.raises(Denied), approved_batch(actor=actor, batch="x"):
            pass
    page = draft(sari, centre)
    before = Entry.objects.filter(action="newsroom.batch.approved").count()
    with approved_batch(batch="arsip", approved_by="Wening"):
        page.latest_revision.publish()
    assert Entry.objects.filter(action="newsroom.batch.approved").count() == before + 1
    assert Approval.objects.get(revision=page.latest_revision).batch == "arsip"
    with pytest.raises(NotApproved):
        draft(sari, centre, "Lain").latest_revision.publish()


def test_sending_back_takes_an_approval_away_and_needs_words(sari, budi, centre, draft):
    page = draft(sari, centre)
    editing.submit_page(actor=actor_of(sari), page=page)
    editing.approve_page(actor=actor_of(budi), page=page, revision_id=page.latest_revision_id, answers=HARMLESS)
    with pytest.raises(editing.AlreadyApproved):
        editing.approve_page(actor=actor_of(budi), page=page, revision_id=page.latest_revision_id, answers=HARMLESS)
    with pytest.raises(editing.NoteMissing):
        editing.send_back_page(actor=actor_of(budi), page=page, revision_id=page.latest_revision_id, reason="  ")
    editing.send_back_page(actor=actor_of(budi), page=page, revision_id=page.latest_revision_id, reason="Sumbernya?")
    with pytest.raises(NotApproved):
        page.latest_revision.publish()


def test_bookkeeping_of_a_live_page_needs_no_approval(sari, centre, live):
    page = live(sari, centre)
    page.minutes = 7
    page.save(update_fields=["minutes"])
    page.save_revision(user=sari)
    page.refresh_from_db()
    page.save()
    assert page.live


def test_those_who_may_approve_are_told_and_the_writers_hear_the_answer(sari, budi, wati, centre, draft):
    from serikat.accounts.models import Notice  # reason: only this test

    page = draft(sari, centre, "Upah {naik} 100%")
    editing.submit_page(actor=actor_of(sari), page=page)
    told = Notice.objects.get()
    assert (told.user, told.text) == (budi, "Menunggu persetujuan Anda: Upah {naik} 100%")
    editing.approve_page(actor=actor_of(budi), page=page, revision_id=page.latest_revision_id, answers=HARMLESS)
    assert Notice.objects.get(user=sari).link == f"/meja/redaksi/halaman/{page.pk}/periksa/"
