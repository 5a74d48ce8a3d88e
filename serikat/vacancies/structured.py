"""What machines read of an advert: schema.org JobPosting with the last day on which one may apply."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from serikat.ui.structured import data_block
from serikat.vacancies.models import Advert

EMPLOYMENT = {
    "permanent": "FULL_TIME",
    "fixed": "CONTRACTOR",
    "daily": "PER_DIEM",
    "intern": "INTERN",
    "overseas": "FULL_TIME",
}


def address_of(advert: Advert) -> str:
    """The one address of an advert, in the language of the site."""
    return settings.SITE_ADDRESS + reverse("vacancies:advert", args=[advert.code])


def job_posting(advert: Advert) -> SafeString:
    last = timezone.make_aware(datetime.combine(advert.ends_on, time(23, 59, 59)))
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": advert.title,
        "description": "\n\n".join(part for part in (advert.work, advert.requirements) if part),
        "datePosted": timezone.localtime(advert.shown_at).date().isoformat(),
        "validThrough": last.isoformat(),
        "employmentType": EMPLOYMENT[advert.kind],
        "hiringOrganization": {"@type": "Organization", "name": str(advert.body or advert.firm)},
        "jobLocation": {"@type": "Place", "address": _place(advert)},
        "directApply": False,
        "url": address_of(advert),
    }
    if advert.wage_per:
        data["baseSalary"] = {"@type": "MonetaryAmount", "currency": "IDR", "value": _wage(advert)}
    return data_block(data)


def _place(advert: Advert) -> dict[str, str]:
    address = {"@type": "PostalAddress", "addressCountry": advert.country_id or "ID"}
    if advert.place is not None and advert.country_id is None:
        address["addressLocality"] = advert.place.name
        if advert.place.parent is not None:
            address["addressRegion"] = advert.place.parent.name
    if advert.address:
        address["streetAddress"] = advert.address
    return address


def _wage(advert: Advert) -> dict[str, Any]:
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": advert.wage_per.upper()}
    if advert.wage_low is not None and advert.wage_high is not None:
        return value | {"minValue": advert.wage_low, "maxValue": advert.wage_high}
    return value | {"value": advert.wage_low or advert.wage_high}
