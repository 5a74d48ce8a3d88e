"""Who may change the organisation's face, found it, and read the trail of a unit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from serikat.kernel.access import Role, holds, holds_at_top, machine, permission

TRAIL_READERS = (Role.CHAIR, Role.SUPERVISOR)

may_found_organisation = permission("web.may_found_organisation", machine, _("mendirikan organisasi pada awal pertama"))
may_change_identity = permission(
    "web.may_change_identity", holds_at_top(Role.ADMINISTRATOR), _("mengubah nama dan lambang organisasi")
)
may_mend_jobs = permission(
    "web.may_mend_jobs", holds_at_top(Role.ADMINISTRATOR), _("mengulang atau membuang pekerjaan server yang macet")
)
may_read_trail = permission("web.may_read_trail", holds(*TRAIL_READERS), _("membaca jejak unitnya"))
