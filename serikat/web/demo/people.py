"""The people and bodies of the demo on paper. All invented; the numbers come from ranges that nobody is given."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """`born` is an age in years, so that nobody of the demo grows old; `consents` are pairs of purpose and how."""

    names: dict[str, str]
    unit: str
    age: int
    sex: str = "f"
    phone: str = ""
    place: str = ""
    threat: str = "none"
    protections: tuple[str, ...] = ()
    consents: tuple[tuple[str, str], ...] = ()
    safe_when: str = ""
    contact: dict[str, str] = field(default_factory=dict)


PEOPLE = [
    DemoPerson(
        {"legal": "Siti Maemunah Karta", "called": "Mae"},
        "basis-rajut",
        34,
        phone="0812 0000 0101",
        place="32.15",
        consents=(("membership", "paper"), ("contact", "paper")),
    ),
    DemoPerson(
        {"legal": "Dadang Wirya Sukmana"},
        "basis-rajut",
        41,
        "m",
        phone="0812 0000 0102",
        consents=(("membership", "paper"),),
    ),
    DemoPerson(
        {"legal": "Rukmini Tanjung Ayu", "called": "Bu Ruk"},
        "karawang",
        29,
        phone="0812 0000 0103",
        threat="careful",
        consents=(("legal_aid", "recorded"), ("public_name", "recorded")),
        safe_when="sesudah pukul 20.00, jangan ke pabrik",
    ),
    DemoPerson(
        {"legal": "Wagiyem Larasati Putri", "alias": "Melati"},
        "indramayu",
        26,
        phone="0812 0000 0104",
        threat="high",
        consents=(("legal_aid", "message"),),
        safe_when="hanya pesan, bukan telepon",
    ),
    DemoPerson(
        {"legal": "Tarmizi Alam Jaya", "alias": "Kenanga"},
        "hongkong",
        31,
        "m",
        phone="+852 6000 0105",
        threat="high",
        protections=("trafficking",),
        consents=(("legal_aid", "recorded"),),
    ),
    DemoPerson({"legal": "Nurhayati Sekarwangi"}, "tanjungsari", 52, phone="0812 0000 0106", place="32.12"),
    DemoPerson(
        {"legal": "Bagja Purwa Atmaja", "called": "Kang Bagja"},
        "bekasi",
        38,
        "m",
        phone="0812 0000 0107",
        place="32.16",
        consents=(("membership", "form"), ("research", "form")),
    ),
    DemoPerson({"called": "Nur Sekarwangi"}, "indramayu", 52, phone="0812 0000 0108"),  # the same woman, written down twice
]


@dataclass(frozen=True, slots=True)
class DemoBody:
    name: str
    kind: str
    unit: str
    place: str = ""
    country: str = ""


BODIES = [
    DemoBody("PT Kencana Rajut Nusantara", "company", "karawang", place="32.15"),
    DemoBody("PT Jembatan Samudra Karya", "agency", "indramayu", place="32.12"),
    DemoBody("Golden Bauhinia Helpers Ltd", "agency", "hongkong", country="HK"),
    DemoBody("Dinas Tenaga Kerja Kabupaten Karawang", "institution", "karawang", place="32.15"),
]
