"""What the administrator does with a job that was given up: try it anew, or throw it away."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from serikat.audit.action import action, note, notes_say
from serikat.kernel.access import Actor
from serikat.kernel.errors import Missing
from serikat.kernel.jobs import Parked, drop_job, retry_job
from serikat.web.permissions import may_mend_jobs

notes_say(job=_("pekerjaan"), problem=_("gangguannya"))


@action("web.job.retried", may=may_mend_jobs, says=_("mengulang pekerjaan yang macet"))
def retry_parked(*, actor: Actor, job: Parked) -> None:
    """Give it its tries anew."""
    if not retry_job(job.id):
        raise Missing
    note(job=job.name, problem=job.problem)


@action("web.job.dropped", may=may_mend_jobs, says=_("membuang pekerjaan yang macet"))
def drop_parked(*, actor: Actor, job: Parked) -> None:
    """Remove it for good: what it was to do stays undone."""
    if not drop_job(job.id):
        raise Missing
    note(job=job.name, problem=job.problem)
