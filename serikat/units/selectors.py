"""Reading the tree and the mandates, scoped to who asks; and what the authority port of kernel.access is filled with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from serikat.audit.selectors import Line, trail_of
from serikat.kernel.access import GUARDED_ROLES, Actor, Grant, Role, permissions
from serikat.kernel.errors import Missing
from serikat.units import rules
from serikat.units.models import Decree, Mandate, Outcome, Proposal, Unit
from serikat.units.permissions import APPOINTING, READING


def mandates_not_over() -> QuerySet[Mandate]:
    """Mandates that are in force or will be: their term is not over (in the organisation's time zone) and nobody ended them."""
    today = timezone.localdate()
    return Mandate.objects.filter(ends_on__gte=today).filter(Q(ended_on=None) | Q(ended_on__gt=today))


def mandates_in_force() -> QuerySet[Mandate]:
    """Mandates whose term holds today, in a unit that is not closed."""
    return mandates_not_over().filter(starts_on__lte=timezone.localdate(), unit__closed_on=None)


class MandateAuthority:
    """Fills kernel.access: grants come from mandates in force and from nowhere else."""

    def grants_of(self, user_id: int, *, second_factor: bool) -> tuple[tuple[Grant, ...], tuple[Grant, ...]]:
        """One query: it is asked on every request of a signed-in user."""
        awake: list[Grant] = []
        asleep: list[Grant] = []
        for mandate in mandates_in_force().filter(user_id=user_id).select_related("unit", "decree").order_by("pk"):
            role = Role(mandate.role)
            grant = Grant(role, mandate.unit.path, f"units.mandate:{mandate.pk}", str(mandate))
            sleeps = settings.SECOND_FACTOR_REQUIRED and not second_factor and role in GUARDED_ROLES
            (asleep if sleeps else awake).append(grant)
        return tuple(awake), tuple(asleep)

    def holders(self, roles: Iterable[Role], unit_path: str | None) -> list[int]:
        """Who holds one of these roles over a unit; over the whole organisation for "", where only roots reach; anywhere for None."""
        found = mandates_in_force().filter(role__in=list(roles), user__is_active=True)
        if unit_path == "":
            found = found.filter(unit__parent=None)
        elif unit_path is not None:
            found = found.filter(unit__path__in=rules.paths_above(unit_path))
        return list(found.order_by("user_id").values_list("user_id", flat=True).distinct())

    def is_root(self, unit_path: str) -> bool:
        return unit_path.count("/") == 1


def units_within(actor: Actor, *roles: Role) -> QuerySet[Unit]:
    """Units that the actor reaches with one of these roles."""
    scope = Q(pk__in=[])
    for path in actor.reach(*roles):
        scope |= Q(path__startswith=path)
    return Unit.objects.filter(scope)


def units_to_appoint_in(actor: Actor) -> QuerySet[Unit]:
    """Open units where the actor may appoint, found and move to."""
    return units_within(actor, *APPOINTING).filter(closed_on=None)


def unit_for(actor: Actor, pk: int) -> Unit:
    """A unit that the actor may see with its mandates, or `Missing`."""
    unit = units_within(actor, *READING).select_related("parent", "region", "country").filter(pk=pk).first()
    if unit is None:
        raise Missing
    return unit


@dataclass(slots=True)
class Branch:
    """A unit in the tree as it is drawn: with the branches below it."""

    unit: Unit
    held: int = 0
    below: list[Branch] = field(default_factory=list)


def tree_of(actor: Actor) -> list[Branch]:
    """The units that the actor sees, as nested branches, with how many mandates are in force in each. Two queries."""
    held: dict[int, int] = {}
    for unit_id in mandates_in_force().values_list("unit_id", flat=True):
        held[unit_id] = held.get(unit_id, 0) + 1
    tops: list[Branch] = []
    drawn: dict[int | None, Branch] = {}
    # higher units first, and by name among those of one height
    for unit in sorted(units_within(actor, *READING), key=lambda u: (u.path.count("/"), u.name.casefold())):
        branch = drawn[unit.pk] = Branch(unit, held.get(unit.pk, 0))
        above = drawn.get(unit.parent_id)
        (above.below if above else tops).append(branch)
    return tops


def mandates_of_unit(unit: Unit) -> QuerySet[Mandate]:
    """Who holds what in this unit, now or soon. The caller was given the unit by `unit_for`."""
    return mandates_not_over().filter(unit=unit).select_related("user", "decree").order_by("role", "starts_on", "pk")


def past_mandates_of_unit(unit: Unit, *, limit: int = 50) -> list[Mandate]:
    """Who held what before, the latest first."""
    today = timezone.localdate()
    over = Q(ends_on__lt=today) | Q(ended_on__lte=today)
    return list(Mandate.objects.filter(over, unit=unit).select_related("user", "decree").order_by("-ends_on", "-pk")[:limit])


def mandates_of_user(actor: Actor) -> QuerySet[Mandate]:
    """The actor's own mandates that are not over."""
    return mandates_not_over().filter(user_id=actor.user_id or 0).select_related("unit", "decree").order_by("ends_on", "pk")


def mandate_for(actor: Actor, pk: int) -> Mandate:
    """A mandate in a unit that the actor sees, or their own; else `Missing`."""
    mandate = (
        Mandate.objects.filter(Q(unit__in=units_within(actor, *READING)) | Q(user_id=actor.user_id or 0))
        .select_related("user", "unit", "decree")
        .filter(pk=pk)
        .first()
    )
    if mandate is None:
        raise Missing
    return mandate


def mandates_ending_soon(actor: Actor, *, days: int = 60) -> QuerySet[Mandate]:
    """Mandates in force whose term runs out within so many days, in units that the actor sees; the nearest first."""
    last = timezone.localdate() + timedelta(days=days)
    return (
        mandates_in_force()
        .filter(ends_on__lte=last, unit__in=units_within(actor, *READING))
        .select_related("user", "unit", "decree")
        .order_by("ends_on", "pk")
    )


def open_proposals(actor: Actor) -> QuerySet[Proposal]:
    """Proposals that wait for a second person, in units where the actor appoints."""
    return (
        Proposal.objects.filter(outcome=Outcome.OPEN, unit__in=units_within(actor, *APPOINTING))
        .select_related("user", "unit", "decree", "proposed_by")
        .order_by("proposed_at", "pk")
    )


def proposal_for(actor: Actor, pk: int) -> Proposal:
    """A proposal in a unit where the actor appoints, or one that the actor made; else `Missing`."""
    proposal = (
        Proposal.objects.filter(Q(unit__in=units_within(actor, *APPOINTING)) | Q(proposed_by_id=actor.user_id or 0))
        .select_related("user", "unit", "decree", "proposed_by")
        .filter(pk=pk)
        .first()
    )
    if proposal is None:
        raise Missing
    return proposal


def decrees_of_unit(unit: Unit) -> QuerySet[Decree]:
    return Decree.objects.filter(unit=unit).select_related("signed_by").order_by("-decided_on", "-pk")


def decree_for(actor: Actor, pk: int) -> Decree:
    """A decree of a unit that the actor sees, or `Missing`."""
    found = Decree.objects.filter(pk=pk, unit__in=units_within(actor, *READING)).select_related("unit").first()
    if found is None:
        raise Missing
    return found


def decrees_reaching(unit: Unit) -> QuerySet[Decree]:
    """Signed decrees on which somebody can be appointed in this unit: its own and those of units above."""
    return (
        Decree.objects.filter(unit__path__in=rules.paths_above(unit.path))
        .exclude(signed_at=None)
        .select_related("unit")
        .order_by("-decided_on", "-pk")
    )


def history_of(actor: Actor, unit: Unit) -> list[Line]:
    """The trail of the unit itself."""
    return trail_of(f"units.unit:{unit.pk}") if unit_for(actor, unit.pk) else []


@dataclass(frozen=True, slots=True)
class PowersOf:
    """What one kind of people may do, in words; True beside a power that has a condition besides the role."""

    who: str
    powers: list[tuple[str, bool]]


def table_of_powers() -> list[PowersOf]:
    """Who may do what: every permission of the product in words, by role. The table that a board prints and reads."""
    known = permissions()
    table = []
    for role in Role:
        powers = [
            (str(words), p.words != role and not _only_roles(p.words)) for p, words in known.values() if role in p.roles
        ]
        table.append(PowersOf(str(role.label), sorted(powers)))
    for who, said in ((_("siapa saja"), "anyone"), (_("siapa pun yang sudah masuk"), "signed in")):
        table.append(PowersOf(who, sorted((str(words), False) for p, words in known.values() if p.words == said)))
    rest = [(str(words), True) for p, words in known.values() if not p.roles and p.words not in ("anyone", "signed in")]
    table.append(PowersOf(_("yang bersangkutan, atau server itu sendiri"), sorted(rest)))
    return [row for row in table if row.powers]


def _only_roles(words: str) -> bool:
    return all(part in Role.__members__.values() for part in words.split(" | "))
