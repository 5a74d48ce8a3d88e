"""A lawyer's marks: set, counted while the rule is the same, withdrawn, shown."""

from __future__ import annotations

from datetime import date

import pytest

from serikat.kernel.access import ANONYMOUS, Role, actor_of
from serikat.kernel.errors import Conflict, Denied, Missing
from serikat.kernel.forgetting import Forgetting
from serikat.law import compute
from serikat.rights.holding import _copy
from serikat.rights.models import Review
from serikat.rights.selectors import reviews as reads
from serikat.rights.selectors.held import entered, law, shipped
from serikat.rights.services import reviews as services
from serikat.rights.services import wages
from serikat.rights.services.forgetting import forget_in_rights

pytestmark = pytest.mark.django_db
SUBJECT = "severance.pay_months@2021-02-02"
ARTICLE = "PP35/2021:40(2)"
SEVERANCE = {
    "topic": "severance",
    "hired": "2015-03-02",
    "terminated": "2025-03-01",
    "reason": "efficiency_loss",
    "basic_wage": 4000000,
    "fixed_allowance": 0,
    "variable_allowance": 0,
}


def mark(lawyer, subject=SUBJECT, verdict="doubtful", note="Angkanya lain di lembaran negara.", digest=None, source=""):
    digest = digest or entered().digest_of_rule(subject)
    return services.review_rule(actor=lawyer, subject=subject, digest=digest, verdict=verdict, note=note, source=source)


def lines():
    return {line["head"]: line["verified"] for line in compute(law(), SEVERANCE)["lines"]}


@pytest.mark.parametrize("subject", [SUBJECT, ARTICLE])
def test_a_doubtful_mark_makes_a_line_unverified_until_it_is_withdrawn(lawyer, subject):
    assert lines() == {"severance_pay": True, "service_pay": True}
    review = mark(lawyer, subject)
    assert lines() == {"severance_pay": False, "service_pay": True}
    assert law().rule_versions["severance"].startswith("1+")
    services.withdraw_review(actor=lawyer, review=review)
    assert lines() == {"severance_pay": True, "service_pay": True}
    assert law().rule_versions == shipped().rule_versions
    assert Review.objects.get().withdrawn_at is not None


def test_a_rule_found_right_is_verified(lawyer):
    row = next(row for row in reads.rules_in(lawyer, "upah-minimum") if not row.verified)
    mark(lawyer, row.subject, "right", "Dibandingkan dengan Lembaran Negara.")
    assert reads.rule_for(lawyer, row.subject).verified


def test_the_later_of_two_marks_counts(lawyer):
    mark(lawyer)
    mark(lawyer, verdict="right", note="Sudah dibaca di JDIH.")
    assert lines()["severance_pay"]


def test_a_mark_on_other_words_counts_no_more_and_says_so(lawyer, regions):
    wage = wages.enter_wage(actor=lawyer, region=regions["32.16"], from_day=date(2026, 1, 1), amount=5_900_000, decree="1")
    subject = "minimum_wage.32-16@2026-01-01"
    mark(lawyer, subject, "right")
    assert reads.rule_for(lawyer, subject).verified
    wages.correct_wage(actor=lawyer, wage=wage, amount=5_938_885, decree="1")
    row = reads.rule_for(lawyer, subject)
    assert (row.verified, row.mark, row.stale) == (False, None, Review.objects.get())


def test_what_changed_under_the_lawyers_eyes_is_not_marked(lawyer):
    with pytest.raises(Conflict):
        mark(lawyer, digest="0" * 16)
    with pytest.raises(Missing):
        mark(lawyer, "X:1", digest="0" * 16)
    assert Review.objects.count() == 0


@pytest.mark.parametrize(("verdict", "refusal"), [("doubtful", services.NoReason), ("right", services.NotPointedOut)])
def test_a_mark_says_why(lawyer, verdict, refusal):
    with pytest.raises(refusal):
        mark(lawyer, verdict=verdict, note=" ")


def test_a_mark_is_withdrawn_once(lawyer):
    review = mark(lawyer)
    services.withdraw_review(actor=lawyer, review=review)
    with pytest.raises(Conflict):
        services.withdraw_review(actor=lawyer, review=review)


def test_only_advocates_at_the_top_mark(branch_lawyer, holder):
    for actor in (branch_lawyer, actor_of(holder("Budi", Role.ADMINISTRATOR)), ANONYMOUS):
        with pytest.raises(Denied):
            mark(actor)
        with pytest.raises(Missing):
            reads.rules_in(actor)


def test_what_is_unverified_stands_first(lawyer):
    verified = [row.verified for row in reads.rules_in(lawyer)]
    assert verified == sorted(verified)
    assert len({row.subject for row in reads.rules_in(lawyer)}) == len(verified)


def test_a_forgotten_lawyer_leaves_the_mark_without_a_name(lawyer, dewi):
    mark(lawyer)
    forgetting = Forgetting(subjects=frozenset({dewi.subject}))
    assert len(_copy(frozenset({dewi.subject}))["tanda pada aturan"]) == 1
    assert forget_in_rights(forgetting=forgetting) == 1
    assert Review.objects.get().reviewer is None
    assert not lines()["severance_pay"]


# Pages


def test_a_rule_is_marked_on_its_page_and_shown_on_the_public_one(at_desk, client):
    page = at_desk.get("/meja/aturan/tinjauan/?pokok=pesangon").content.decode()
    assert "aturan=severance" in page
    address = f"/meja/aturan/tinjauan/aturan/?aturan={SUBJECT}"
    digest = at_desk.get(address).context["form"].initial["digest"]
    typed = {"verdict": "right", "note": "Dibandingkan dengan Lembaran Negara.", "digest": digest}
    assert at_desk.post(address, typed | {"verdict": "x"}).status_code == 422
    assert at_desk.post(address, typed | {"note": ""}).status_code == 422
    assert at_desk.post(address, typed).status_code == 302
    client.logout()
    public = client.get("/aturan/pesangon/").content.decode()
    assert "Dibandingkan dengan Lembaran Negara." in public
    assert "Ditinjau advokat" in public
    assert "Dewi" not in public


def test_a_doubtful_article_says_so_on_the_public_page(lawyer, client):
    mark(lawyer, ARTICLE)
    assert "Diragukan advokat" in client.get("/aturan/pasal/pp35-2021/").content.decode()


def test_a_mark_is_withdrawn_on_its_page(at_desk, lawyer):
    review = mark(lawyer)
    assert at_desk.get(f"/meja/aturan/tinjauan/{review.pk}/cabut/").status_code == 405
    assert at_desk.post(f"/meja/aturan/tinjauan/{review.pk}/cabut/").status_code == 302
    assert lines()["severance_pay"]


@pytest.mark.parametrize("query", ["?aturan=X:1", "?aturan=severance.pay_months@1999-01-01"])
def test_a_rule_that_is_not_there_is_not_there(at_desk, query):
    assert at_desk.get(f"/meja/aturan/tinjauan/aturan/{query}").status_code == 404
