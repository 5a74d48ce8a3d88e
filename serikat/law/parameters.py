"""Every parameter that a formula counts with, by its typed name; and which topic counts with which.

A topic is held from the day on which all its `NEEDED` values are: a later addition (such as a ruling) is in `USES` alone.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from serikat.law import shapes
from serikat.law.values import Family, Parameter, bands, flag, ratio, whole

Handle: TypeAlias = Parameter[Any] | Family[Any]

# Severance
DAILY_TO_MONTH = Parameter("severance.daily_to_month", "days of wage in a month", whole)
PAY_MONTHS = Parameter("severance.pay_months", "months of wage by completed years", bands)
SERVICE_MONTHS = Parameter("severance.service_months", "months of wage by completed years", bands)
REASONS = Family("severance.reason", "what the tables are multiplied by", shapes.reason)
RIGHTS_ITEMS = Parameter("severance.rights_items", "what is compensated", shapes.entries)
LEAST = Parameter("severance.least", "yes or no", flag)
FINAL_DECISION = Parameter("severance.final_decision", "yes or no", flag)
PENSION_COUNTS = Parameter("severance.pension_counts", "yes or no", flag)
SMALL_FIRM_AGREES = Parameter("severance.small_firm_agrees", "yes or no", flag)
DETENTION_AID = Parameter("severance.detention_aid", "percent of wage by dependants", bands)

# Wages and deductions
PAID_AS_AGREED = Parameter("wage.paid_as_agreed", "yes or no", flag)
NOT_BELOW_MINIMUM = Parameter("wage.not_below_minimum", "yes or no", flag)
DEDUCTIONS = Family("deduction.kind", "how it is treated", shapes.treatment("illegal", "with_consent", "lawful"))
DEDUCTIONS_LISTED = Parameter("deduction.only_listed", "yes or no", flag)
DEDUCTION_MOST = Parameter("deduction.most", "of one payment of wage", ratio)

# Migrant workers
NO_PLACEMENT_COST = Parameter("placement.no_cost", "yes or no", flag)
FREE_OCCUPATIONS = Family("placement.occupation", "an occupation", shapes.named)
PLACEMENT_COSTS = Family("placement.cost", "how it is treated", shapes.treatment("returned", "may_fall_on_worker"))
CONTRACT_WAGE = Parameter("placement.contract_wage", "yes or no", flag)
BENEFITS = Family("insurance.benefit", "a benefit", shapes.named)
FORUMS = Family("forum", "where a claim is brought", shapes.forum)
RESTITUTION = Parameter("restitution.heads", "what is asked", shapes.entries)
RESTITUTION_ASKING = Parameter("restitution.asking", "how it is asked", shapes.entries)
RESTITUTION_PAYING = Parameter("restitution.paying", "how it is paid", shapes.entries)

# Procedure
STEPS = Family("procedure.step", "working days", shapes.step)
CALENDAR = Parameter("calendar.days_off", "days", shapes.days_off)
DISMISSAL_SUIT_LIMIT = Parameter("procedure.dismissal_suit_limit", "years", shapes.limitation)
FEE_FREE_BELOW = Parameter("procedure.fee_free_below", "rupiah", whole)
REPRESENTATION = Parameter("procedure.representation", "who may represent", shapes.entries)
ATTACHMENTS = Parameter("procedure.attachments", "what a suit carries", shapes.entries)
JOINED_DISPUTES = Parameter("procedure.joined_disputes", "which is decided first", shapes.named)
VENUE = Parameter("procedure.venue", "which court", shapes.named)
HEARING_ORDER = Parameter("procedure.hearing_order", "hearings one after the other", shapes.entries)
QUICK_HEARING_ORDER = Parameter("procedure.quick_hearing_order", "hearings one after the other", shapes.entries)

USES: dict[str, tuple[Handle, ...]] = {
    "severance": (PAY_MONTHS, SERVICE_MONTHS, REASONS, RIGHTS_ITEMS, DAILY_TO_MONTH, PENSION_COUNTS, SMALL_FIRM_AGREES, LEAST, FINAL_DECISION),
    "unused_leave": (RIGHTS_ITEMS, DAILY_TO_MONTH),
    "short_wage": (PAID_AS_AGREED, NOT_BELOW_MINIMUM),
    "illegal_deduction": (DEDUCTIONS, DEDUCTIONS_LISTED, DEDUCTION_MOST),
    "placement_cost": (NO_PLACEMENT_COST, FREE_OCCUPATIONS, PLACEMENT_COSTS),
    "contract_wage": (CONTRACT_WAGE,),
    "deadline": (STEPS, CALENDAR),
    "limitation": (DISMISSAL_SUIT_LIMIT,),
    "forum": (FORUMS,),
}  # fmt: skip
"""What each topic counts with: a change of one of these is a new version of the topic's rules."""

LATER = {LEAST.name, FINAL_DECISION.name}

AREAS = {
    "severance": "severance", "unused_leave": "severance", "short_wage": "wages", "illegal_deduction": "wages",
    "placement_cost": "migrants", "contract_wage": "migrants", "deadline": "procedure", "limitation": "court", "forum": "forums",
}  # fmt: skip
"""The file whose date of review a topic carries."""

NEEDED = {
    topic: [
        handle.name
        for handle in handles
        if isinstance(handle, Parameter) and handle.name not in LATER and handle is not CALENDAR
    ]
    for topic, handles in USES.items()
}

_ALL: list[Handle] = [value for value in vars().values() if isinstance(value, Parameter | Family)]
_BY_NAME = {handle.name: handle for handle in _ALL if isinstance(handle, Parameter)}
_FAMILIES = [handle for handle in _ALL if isinstance(handle, Family)]


def known(name: str) -> Parameter[Any] | None:
    """The typed name for a name in the data, None when no formula knows it."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    prefix, _, last = name.rpartition(".")
    return next((family.named(last) for family in _FAMILIES if family.prefix == prefix), None)


def wanted() -> set[str]:
    """The names that the data must hold; of a family at least one is looked for by its topic."""
    return set(_BY_NAME)
