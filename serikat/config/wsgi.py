"""The WSGI application that granian serves: Django, with ready answers of public pages in front of it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serikat.config.settings")

django = get_wsgi_application()

from django.conf import settings  # noqa: E402 settings exist only now
from django.utils.module_loading import import_string  # noqa: E402 settings exist only now

from serikat.config.front import Front  # noqa: E402 settings exist only now
from serikat.config.tally import Tally  # noqa: E402 settings exist only now

gc.collect()
gc.freeze()  # what is loaded now stays: the collector need not walk it while somebody waits

application = Front(
    django, limit=settings.FRONT_CACHE_MB * 1024 * 1024, counted=Tally(import_string(settings.READS_WRITTEN_BY))
)
