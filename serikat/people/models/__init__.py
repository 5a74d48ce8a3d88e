"""Tables of persons and bodies, of their rights, of breaches and of who was forgotten."""

from serikat.people.models.bodies import Body, BodyKind
from serikat.people.models.breaches import Breach, BreachedPerson
from serikat.people.models.contacts import ContactKind, ContactPoint
from serikat.people.models.persons import NameKind, Person, PersonName, Protection, Sex, ThreatLevel
from serikat.people.models.requests import Consent, ConsentHow, DataRequest, Purpose, RequestState, RightKind
from serikat.people.models.seconds import Forgotten, MergeProposal, Reveal

__all__ = [
    "Body",
    "BodyKind",
    "Breach",
    "BreachedPerson",
    "Consent",
    "ConsentHow",
    "ContactKind",
    "ContactPoint",
    "DataRequest",
    "Forgotten",
    "MergeProposal",
    "NameKind",
    "Person",
    "PersonName",
    "Protection",
    "Purpose",
    "RequestState",
    "Reveal",
    "RightKind",
    "Sex",
    "ThreatLevel",
]
