"""The time zone of a telephone number, by its country; of countries with several, that of most of their people. A number of Indonesia says nothing of
its zone, so that another must be named for it."""

from __future__ import annotations

HOME = "Asia/Jakarta"
# Country codes of ITU-T E.164; no code begins with another.
ZONES = {
    "1": "America/Chicago", "7": "Europe/Moscow", "20": "Africa/Cairo", "27": "Africa/Johannesburg", "30": "Europe/Athens",
    "31": "Europe/Amsterdam", "32": "Europe/Brussels", "33": "Europe/Paris", "34": "Europe/Madrid", "36": "Europe/Budapest",
    "39": "Europe/Rome", "40": "Europe/Bucharest", "41": "Europe/Zurich", "43": "Europe/Vienna", "45": "Europe/Copenhagen",
    "46": "Europe/Stockholm", "47": "Europe/Oslo", "48": "Europe/Warsaw", "61": "Australia/Sydney", "63": "Asia/Manila", "91": "Asia/Kolkata",
    "94": "Asia/Colombo", "44": "Europe/London", "49": "Europe/Berlin", "60": "Asia/Kuala_Lumpur",
    "64": "Pacific/Auckland", "65": "Asia/Singapore", "66": "Asia/Bangkok", "81": "Asia/Tokyo", "82": "Asia/Seoul", "84": "Asia/Ho_Chi_Minh",
    "86": "Asia/Shanghai", "90": "Europe/Istanbul", "670": "Asia/Dili", "673": "Asia/Brunei", "675": "Pacific/Port_Moresby",
    "351": "Europe/Lisbon", "353": "Europe/Dublin", "357": "Asia/Nicosia", "852": "Asia/Hong_Kong", "853": "Asia/Macau", "855": "Asia/Phnom_Penh", "886": "Asia/Taipei", "962": "Asia/Amman", "965": "Asia/Kuwait",
    "966": "Asia/Riyadh", "961": "Asia/Beirut", "964": "Asia/Baghdad", "968": "Asia/Muscat", "971": "Asia/Dubai", "973": "Asia/Bahrain", "974": "Asia/Qatar",
}  # fmt: skip


def zone_of_number(number: str, home: str = HOME) -> str:
    """Of a number in E.164; `home` where it is of Indonesia, or of a country that is not listed."""
    return next((ZONES[number[1:end]] for end in (2, 3, 4) if number[1:end] in ZONES), home)
