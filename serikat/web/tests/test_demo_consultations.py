"""The demo's consultations stand in every state, and their amounts are the law's."""

import pytest
from django.contrib.auth import get_user_model

from serikat.helpdesk.models import Consultation, PublicAnswer
from serikat.kernel.access import Role, console
from serikat.people.tests.factories import make_actor
from serikat.units.services import found_root_unit
from serikat.web.services.demo_consultations import load_consultations

pytestmark = pytest.mark.django_db


def test_the_demo_has_consultations_in_every_state(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    centre = found_root_unit(actor=console("uji"), name="Pusat", code="pusat")
    for name, role in (("paralegal", Role.PARALEGAL), ("advokat", Role.ADVOCATE)):
        make_actor(role, unit=centre, user=get_user_model().objects.create(username=name, name=name))
    load_consultations(actor=console("uji"), unit=centre)
    assert set(Consultation.objects.values_list("state", flat=True)) == {"waiting", "taken", "answered"}
    assert set(PublicAnswer.objects.values_list("state", flat=True)) == set(PublicAnswer.State.values)
    assert PublicAnswer.objects.filter(by_guard=True).count() == 1
    shown = " ".join(one.answer for one in PublicAnswer.objects.filter(state="published"))
    assert [amount in shown for amount in ("Rp66.000.000", "Rp5.500.000", "Rp5.000.000")] == [True] * 3
