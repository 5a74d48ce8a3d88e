"""Reading the tree and the mandates; and what the authority port of kernel.access is filled with."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from serikat.kernel.access import GUARDED_ROLES, Actor, Grant, Role
from serikat.units.models import Mandate, Unit


def mandates_in_force() -> QuerySet[Mandate]:
    """Mandates whose term holds today (in the organisation's time zone) and that nobody ended."""
    today = timezone.localdate()
    return Mandate.objects.filter(starts_on__lte=today, ends_on__gte=today).filter(Q(ended_on=None) | Q(ended_on__gt=today))


class MandateAuthority:
    """Fills kernel.access: grants come from mandates in force and from nowhere else."""

    def grants_of(self, user_id: int, *, second_factor: bool) -> tuple[tuple[Grant, ...], tuple[Grant, ...]]:
        awake: list[Grant] = []
        asleep: list[Grant] = []
        for mandate in mandates_in_force().filter(user_id=user_id).select_related("unit", "decree").order_by("pk"):
            role = Role(mandate.role)
            grant = Grant(role, mandate.unit.path, f"units.mandate:{mandate.pk}", str(mandate))
            sleeps = settings.SECOND_FACTOR_REQUIRED and not second_factor and role in GUARDED_ROLES
            (asleep if sleeps else awake).append(grant)
        return tuple(awake), tuple(asleep)

    def holders(self, roles: Iterable[Role], unit_path: str | None) -> list[int]:
        found = mandates_in_force().filter(role__in=list(roles), user__is_active=True)
        if unit_path is not None:
            above = [unit_path[: i + 1] for i, c in enumerate(unit_path) if c == "/"]
            found = found.filter(unit__path__in=above)
        return list(found.order_by("user_id").values_list("user_id", flat=True).distinct())

    def is_root(self, unit_path: str) -> bool:
        return unit_path.count("/") == 1


def units_within(actor: Actor, *roles: Role) -> QuerySet[Unit]:
    """Units that the actor reaches with one of these roles."""
    scope = Q(pk__in=[])
    for path in actor.reach(*roles):
        scope |= Q(path__startswith=path)
    return Unit.objects.filter(scope)
