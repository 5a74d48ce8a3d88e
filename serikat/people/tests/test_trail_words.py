"""A person's trail speaks in words: choices, lists, units by their name, sealed values not at all."""

from __future__ import annotations

import pytest
from django.utils import timezone

from serikat.audit.selectors import Line, with_names
from serikat.people.tests.factories import make_unit

pytestmark = pytest.mark.django_db


def test_the_trail_speaks_in_words_of_choices_lists_units_and_sealed_values():
    centre = make_unit()
    changes = [
        ("born_on", ["•••", "fc33053e"], ["•••", "0a1b2c3d"]),
        ("protections", [], ["trafficking"]),
        ("sex", "", "f"),
        ("unit", None, centre.pk),
        ("unit", None, centre.pk + 1000),
    ]
    line = Line(timezone.now(), "Sari", "", "", "", "", changes, [], 1, "", "people.person:5")
    spoken = [(str(name), before, str(after)) for name, before, after in with_names([line])[0].differences]
    assert spoken == [
        ("tanggal lahir", "•••", "•••"),
        ("dilindungi karena", "", "perdagangan orang"),
        ("jenis kelamin", "", "perempuan"),
        ("unit", None, str(centre)),
        ("unit", None, str(centre.pk + 1000)),
    ]
