"""The time zone of a telephone number, by its country: where Indonesians work. Elsewhere, and at home, that of most receivers."""

from __future__ import annotations

HOME = "Asia/Jakarta"
# Country codes of ITU-T E.164; no code begins with another.
ZONES = {
    "20": "Africa/Cairo", "31": "Europe/Amsterdam", "44": "Europe/London", "49": "Europe/Berlin", "60": "Asia/Kuala_Lumpur",
    "64": "Pacific/Auckland", "65": "Asia/Singapore", "66": "Asia/Bangkok", "81": "Asia/Tokyo", "82": "Asia/Seoul", "84": "Asia/Ho_Chi_Minh",
    "86": "Asia/Shanghai", "90": "Europe/Istanbul", "670": "Asia/Dili", "673": "Asia/Brunei", "675": "Pacific/Port_Moresby",
    "852": "Asia/Hong_Kong", "853": "Asia/Macau", "855": "Asia/Phnom_Penh", "886": "Asia/Taipei", "962": "Asia/Amman", "965": "Asia/Kuwait",
    "966": "Asia/Riyadh", "968": "Asia/Muscat", "971": "Asia/Dubai", "973": "Asia/Bahrain", "974": "Asia/Qatar",
}  # fmt: skip


def zone_of_number(number: str) -> str:
    """Of a number in E.164."""
    return next((ZONES[number[1:end]] for end in (3, 4) if number[1:end] in ZONES), HOME)
