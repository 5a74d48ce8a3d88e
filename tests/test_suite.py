"""Which tests `./test quick` chooses for what was changed."""

from __future__ import annotations

import pytest

from tests.suite import rooms_of


@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        ([], []),
        (["CHANGELOG.md", "docs/adr/0001-x.md", "locale/en/LC_MESSAGES/django.po"], []),
        (["serikat/audit/action.py", "serikat/places/x.html"], ["serikat/audit", "serikat/places", "tests/house"]),
        (["serikat/newsroom/services/posts.py", "tests/journeys/test_clips.py"], ["serikat/newsroom", "tests/house"]),
        (["serikat/audit/action.py", "serikat/config/settings.py"], []),
        (["serikat/cli.py"], []),
        (["serikat/audit/action.py", "conftest.py"], []),
        (["requirements/base.txt"], []),
    ],
)
def test_quick_runs_the_rooms_that_were_changed_and_everything_when_in_doubt(files, chosen):
    assert rooms_of(files) == chosen
