"""Tables of the law as text with tabs between, for a console or a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from serikat.law import parameters as p
from serikat.law.holding import Law
from serikat.law.lines import plain
from serikat.law.showing import in_words

Rows = Iterator[tuple[str, ...]]


def severance_reasons(law: Law, language: str) -> Rows:
    yield "reason", "article", "severance_pay", "service_pay", "rights_pay", "separation_money", "verified", "label"
    for name in law.names(p.REASONS):
        value = law.held[name][-1]
        reason = value.value
        money = ("reinstated", "", "", "") if reason.reinstated else (
            plain(reason.pay), plain(reason.service), _yes(reason.rights), _yes(reason.separation),
        )  # fmt: skip
        yield (
            name.removeprefix(f"{p.REASONS.prefix}."),
            "; ".join(value.articles),
            *money,
            _yes(value.verified),
            reason.label.said(language),
        )


def severance_months(law: Law, language: str) -> Rows:
    yield "completed_years", "severance_pay", "service_pay"
    pay, service = law.held[p.PAY_MONTHS.name][-1].value, law.held[p.SERVICE_MONTHS.name][-1].value
    for years in range(max(pay.starts[-1], service.starts[-1]) + 1):
        yield str(years), str(pay.at(years)), str(service.at(years))


def overtime_multipliers(law: Law, language: str) -> Rows:
    yield "day", "week", "hours", "times", "article", "verified"
    days = (
        ("workday", "5, 6", p.WORKDAY_TIMES),
        ("rest, holiday", "6", p.REST_TIMES_6),
        ("holiday_on_shortest_day", "6", p.SHORTEST_TIMES_6),
        ("rest, holiday", "5", p.REST_TIMES_5),
    )
    for day, week, parameter in days:
        value = law.held[parameter.name][-1]
        for row in value.value:
            hours = f"{row.first}-" if row.last == 0 else "-".join(map(str, sorted({row.first, row.last})))
            yield day, week, hours, plain(row.times), "; ".join(value.articles), _yes(value.verified)


def procedure_steps(law: Law, language: str) -> Rows:
    yield "step", "article", "working_days", "acting_party", "counted", "verified", "label", "starts"
    for name in law.names(p.STEPS):
        value = law.held[name][-1]
        step = value.value
        yield (
            name.removeprefix(f"{p.STEPS.prefix}."),
            "; ".join(value.articles),
            str(step.days),
            step.acts,
            "back" if step.before else "on",
            _yes(value.verified),
            step.label.said(language),
            step.starts.said(language),
        )


def limitations(law: Law, language: str) -> Rows:
    yield "from", "to", "event", "years", "article", "verified", "starts"
    for value in law.held[p.DISMISSAL_SUIT_LIMIT.name]:
        rule = value.value
        yield (
            value.since.isoformat(),
            value.until.isoformat() if value.until else "",
            rule.event,
            str(rule.years),
            "; ".join(value.articles),
            _yes(value.verified),
            rule.starts.said(language),
        )


def forums(law: Law, language: str) -> Rows:
    yield (
        "forum",
        "from",
        "to",
        "country",
        "currency",
        "most_each",
        "most_claimants",
        "within_months",
        "next",
        "verified",
        "label",
    )
    for name in law.names(p.FORUMS):
        for value in law.held[name]:
            forum = value.value
            yield (
                name.removeprefix(f"{p.FORUMS.prefix}."),
                value.since.isoformat(),
                value.until.isoformat() if value.until else "",
                forum.country,
                forum.currency,
                *(str(number or "") for number in (forum.most_each, forum.most_claimants, forum.within_months)),
                forum.next,
                _yes(value.verified),
                forum.label.said(language),
            )


def days_off(law: Law, language: str) -> Rows:
    yield "day", "collective_leave", "estimated", "decree", "verified", "name"
    for year in law.held[p.CALENDAR.name]:
        for day in year.value:
            yield (
                day.on.isoformat(),
                _yes(day.leave),
                _yes(day.estimated),
                year.articles[0].partition(":")[0],
                _yes(year.verified),
                day.name.said(language),
            )


def hearing_order(law: Law, language: str) -> Rows:
    yield "procedure", "place", "hearing", "says"
    for procedure, parameter in (("ordinary", p.HEARING_ORDER), ("quick", p.QUICK_HEARING_ORDER)):
        for place, hearing in enumerate(law.held[parameter.name][-1].value, start=1):
            yield procedure, str(place), hearing.label.said(language), hearing.says.said(language)


def benefits(law: Law, language: str) -> Rows:
    yield "benefit", "article", "verified", "label", "says"
    for name in law.names(p.BENEFITS):
        value = law.held[name][-1]
        yield (
            name.removeprefix(f"{p.BENEFITS.prefix}."),
            "; ".join(value.articles),
            _yes(value.verified),
            value.value.label.said(language),
            value.value.says.said(language),
        )


def unverified(law: Law, language: str) -> Rows:
    yield "parameter", "from", "articles", "value"
    for name, values in law.held.items():
        for value in values:
            if not value.verified:
                yield name, value.since.isoformat(), "; ".join(value.articles), in_words(value.value).said(language)


TABLES: dict[str, Callable[[Law, str], Rows]] = {
    found.__name__: found
    for found in (
        severance_reasons,
        severance_months,
        overtime_multipliers,
        procedure_steps,
        limitations,
        forums,
        days_off,
        hearing_order,
        benefits,
        unverified,
    )
}


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def table(law: Law, name: str, language: str = "en") -> list[str]:
    """The rows of a table, cells parted by tabs; none where no table has this name."""
    return ["\t".join(row) for row in TABLES[name](law, language)] if name in TABLES else []
