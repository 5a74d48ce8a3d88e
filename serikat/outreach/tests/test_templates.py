"""A broadcast in a provider's template: every place filled, and nothing of it leaves when the template is gone."""

from __future__ import annotations

import pytest

from serikat.kernel.access import SYSTEM, console
from serikat.kernel.errors import Refused
from serikat.messaging.adapters import TemplateJudged, Verdict
from serikat.messaging.models import Message
from serikat.messaging.selectors.channels import kept_templates, templates_of
from serikat.messaging.services.channels import add_channel, drop_template, keep_template
from serikat.messaging.services.receiving import receive_news
from serikat.messaging.services.templates import NoSuchTemplate, TemplateGone, ValueMissing
from serikat.outreach.services import broadcasts, running

CONSOLE = console("uji")


@pytest.fixture
def whatsapp(centre):
    values = {"phone_id": "555", "app_secret": "a", "verify_token": "b", "token": "c", "base": "http://127.0.0.1:9/"}
    return add_channel(actor=CONSOLE, unit=centre, kind="whatsapp", name="WhatsApp", values=values)


@pytest.fixture
def template(whatsapp):
    return keep_template(actor=CONSOLE, channel=whatsapp, name="rapat", language="id", text="Rapat {{1}} di {{2}}.")


@pytest.fixture
def kept(rini, audience, whatsapp, template, write, person):
    """A draft in the template, to one person."""
    person("+628110000001")
    made = write(audience())
    for variant in made.variants.all():
        broadcasts.remove_variant(actor=rini, broadcast=made, variant=variant)

    def keep(*values, template=template):
        return broadcasts.keep_variant(actor=rini, broadcast=made, channel=whatsapp, template=template, values=values)

    keep.broadcast = made
    return keep


def test_values_are_as_many_as_the_template_has_places(kept):
    variant = kept("Minggu", "balai\ndesa", "lebih")
    assert (variant.values, variant.text) == (["Minggu", "balai desa"], "Rapat Minggu di balai desa.")
    assert kept("{{2}}", "balai").text == "Rapat {{2}} di balai."


def test_a_place_without_a_value_is_refused_beside_its_field(kept):
    with pytest.raises(ValueMissing) as refused:
        kept("Minggu", " ")
    assert refused.value.field == "value2"


def test_a_template_of_another_channel_or_dropped_is_refused(kept, template, whatsapp, keyed):
    other = keep_template(actor=CONSOLE, channel=keyed, name="lain", language="id", text="Halo")
    with pytest.raises(NoSuchTemplate):
        kept(template=other)
    drop_template(actor=CONSOLE, channel=whatsapp, template=template)
    template.refresh_from_db()
    with pytest.raises(TemplateGone):
        kept("Minggu", "balai")


def test_a_template_dropped_after_the_yes_sends_nothing_and_tells_the_writer(kept, template, whatsapp, approve):
    kept("Minggu", "balai desa")
    broadcast = approve(kept.broadcast)
    drop_template(actor=CONSOLE, channel=whatsapp, template=template)
    running.start_due()
    broadcast.refresh_from_db()
    assert (broadcast.stage, broadcast.approved_by, Message.objects.count()) == ("draft", None, 0)
    assert broadcast.answer == "WhatsApp: Templat “rapat” sudah dihapus dari saluran itu. Pilih templat lain."
    keep_template(actor=CONSOLE, channel=whatsapp, name="rapat", language="id", text="Rapat {{1}} di {{2}}.")
    approve(broadcast)
    running.start_due()
    running.queue_broadcast(broadcast_id=broadcast.pk)
    assert Message.objects.get().shared.template == {"name": "rapat", "language": "id", "values": ["Minggu", "balai desa"]}


def test_a_template_that_the_provider_pauses_is_not_chosen_nor_approved_until_it_is_back(
    kept, template, whatsapp, approve, rini
):
    def judged(verdict, reason=""):
        receive_news(actor=SYSTEM, channel=whatsapp, news=[TemplateJudged("rapat", "id", verdict, reason)])

    kept("Minggu", "balai desa")
    judged(Verdict.PAUSED, "LOW_QUALITY")
    assert [list(templates_of(whatsapp)), list(kept_templates(whatsapp))] == [[], [template]]
    with pytest.raises(Refused) as refused:
        broadcasts.submit_broadcast(actor=rini, broadcast=kept.broadcast)
    assert str(refused.value) == "WhatsApp: Templat “rapat” tidak dibawa: dijeda penyedia. Pilih templat lain."
    judged(Verdict.APPROVED)
    assert list(templates_of(whatsapp)) == [template]
    assert approve(kept.broadcast).stage == "approved"


def test_what_is_said_of_a_template_that_nobody_wrote_down_is_left(whatsapp):
    receive_news(actor=SYSTEM, channel=whatsapp, news=[TemplateJudged("lain", "id", Verdict.REJECTED)])
    assert not whatsapp.templates.exists()
