"""Every parameter that a formula counts with, by its typed name; and which topic counts with which.

A topic is held from the day on which all its `NEEDED` values are: a later addition (such as a ruling) is in `USES` alone.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from serikat.law import shapes
from serikat.law.values import Family, Parameter, a_day, bands, flag, multipliers, ratio, whole

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

# Compensation at the end of a fixed-term contract
PKWT_LEAST_MONTHS = Parameter("pkwt.least_months", "completed months", whole)
PKWT_COUNTED_FROM = Parameter("pkwt.counted_from", "first day that is counted", a_day)
PKWT_SHARE = Parameter("pkwt.share_a_month", "months of wage for each month", ratio)
PKWT_PART_MONTH = Parameter("pkwt.days_in_a_part_month", "days", whole)
PKWT_MOST_YEARS = Parameter("pkwt.most_years", "years", whole)

# Overtime
HOURLY_SHARE = Parameter("overtime.hourly_share", "of a month's wage", ratio)
BASE_LEAST_SHARE = Parameter("overtime.base_least_share", "of all wage", ratio)
DAILY_TO_MONTH_6 = Parameter("overtime.daily_to_month_6", "days of wage in a month", whole)
DAILY_TO_MONTH_5 = Parameter("overtime.daily_to_month_5", "days of wage in a month", whole)
PIECE_RATE_MONTHS = Parameter("overtime.piece_rate_months", "months", whole)
WORKDAY_TIMES = Parameter("overtime.workday", "times the hourly wage by hour", multipliers)
REST_TIMES_6 = Parameter("overtime.rest_6", "times the hourly wage by hour", multipliers)
REST_TIMES_5 = Parameter("overtime.rest_5", "times the hourly wage by hour", multipliers)
SHORTEST_TIMES_6 = Parameter("overtime.holiday_on_shortest_day_6", "times the hourly wage by hour", multipliers)
MOST_A_DAY = Parameter("overtime.most_hours_a_day", "hours", whole)
MOST_A_WEEK = Parameter("overtime.most_hours_a_week", "hours", whole)
MEAL_FROM = Parameter("overtime.meal_from_hours", "hours", whole)

# Religious-holiday allowance (THR)
THR_LEAST_MONTHS = Parameter("thr.least_months", "completed months", whole)
THR_FULL_MONTHS = Parameter("thr.full_months", "completed months", whole)
THR_AVERAGE_MONTHS = Parameter("thr.average_months", "months", whole)
THR_DUE_DAYS = Parameter("thr.due_days_before", "calendar days", whole)
THR_LEFT_WITHIN = Parameter("thr.left_within_days", "calendar days", whole)
THR_FINE = Parameter("thr.late_fine", "of the allowance", ratio)

# Late wages
LATE_FIRST_DAY = Parameter("late_wage.first_day", "day", whole)
LATE_LAST_DAY = Parameter("late_wage.last_day", "day", whole)
LATE_A_DAY = Parameter("late_wage.a_day", "of the wage", ratio)
LATE_A_DAY_AFTER = Parameter("late_wage.a_day_after", "of the wage", ratio)
LATE_MOST = Parameter("late_wage.most", "of the wage", ratio)
LATE_INTEREST_AFTER = Parameter("late_wage.interest_after_days", "days", whole)
# Wages and deductions
PAID_AS_AGREED = Parameter("wage.paid_as_agreed", "yes or no", flag)
NOT_BELOW_MINIMUM = Parameter("wage.not_below_minimum", "yes or no", flag)
MINIMUM_WAGES = Family("minimum_wage", "rupiah a month, by the code of the province or regency (32, 32-16)", whole)
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
    "pkwt_compensation": (PKWT_LEAST_MONTHS, PKWT_COUNTED_FROM, PKWT_SHARE, PKWT_PART_MONTH, PKWT_MOST_YEARS),
    "overtime": (
        HOURLY_SHARE, BASE_LEAST_SHARE, DAILY_TO_MONTH_6, DAILY_TO_MONTH_5, PIECE_RATE_MONTHS, WORKDAY_TIMES, REST_TIMES_6, REST_TIMES_5, SHORTEST_TIMES_6,
        MOST_A_DAY, MOST_A_WEEK, MEAL_FROM,
    ),
    "thr": (THR_LEAST_MONTHS, THR_FULL_MONTHS, THR_AVERAGE_MONTHS, THR_DUE_DAYS, THR_LEFT_WITHIN),
    "late_thr_fine": (THR_FINE,),
    "late_wage_fine": (LATE_FIRST_DAY, LATE_LAST_DAY, LATE_A_DAY, LATE_A_DAY_AFTER, LATE_MOST, LATE_INTEREST_AFTER),
    "short_wage": (PAID_AS_AGREED, NOT_BELOW_MINIMUM),
    "illegal_deduction": (DEDUCTIONS, DEDUCTIONS_LISTED, DEDUCTION_MOST),
    "placement_cost": (NO_PLACEMENT_COST, FREE_OCCUPATIONS, PLACEMENT_COSTS),
    "contract_wage": (CONTRACT_WAGE,),
    "deadline": (STEPS, CALENDAR),
    "limitation": (DISMISSAL_SUIT_LIMIT,),
    "forum": (FORUMS,),
}  # fmt: skip
"""What each topic counts with: a change of one of these is a new version of the topic's rules."""

LATER = {LEAST.name, FINAL_DECISION.name, PKWT_MOST_YEARS.name}

AREAS = {
    "severance": "severance", "unused_leave": "severance", "pkwt_compensation": "pkwt", "overtime": "overtime", "thr": "thr", "late_thr_fine": "thr",
    "late_wage_fine": "late_wages",
    "short_wage": "wages", "illegal_deduction": "wages",
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
