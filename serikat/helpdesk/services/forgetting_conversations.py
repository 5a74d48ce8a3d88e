"""Somebody is forgotten: their conversations lose name, alias, words to be found by, and the tie to their record."""

from __future__ import annotations

from django.db.models import Q

from serikat.audit.action import inner
from serikat.helpdesk.models import Conversation, PastedChat, Term
from serikat.helpdesk.selectors.terms import of_names
from serikat.kernel.forgetting import Forgetting
from serikat.messaging.models import Address
from serikat.messaging.services.forgetting import addresses_named, empty_addresses
from serikat.people.models import Person


@inner("part of another action")
def forget_in_conversations(*, forgetting: Forgetting) -> int:
    """Their own, by the tie or by the address; in those of others the words of their names are no longer found. A pasted chat that still waits and
    names them is dropped."""
    addresses = addresses_named(needles=forgetting.strong_needles)
    people = Person.objects.filter(subject__in=forgetting.subjects)
    own = Conversation.objects.filter(Q(person__in=people) | Q(address__in=addresses))
    ids = list(own.values_list("pk", flat=True))
    count = Term.objects.filter(conversation__in=ids).delete()[0]
    tied = own.filter(person__in=people)
    count += empty_addresses(addresses=list(Address.objects.filter(pk__in=tied.values("address"))))
    for talk in Conversation.objects.filter(pk__in=ids):
        talk.person, talk.called, talk.alias = None, "", ""
        talk.save(update_fields=["person", "called", "alias"])
    if forgetting.strong_needles:
        count += Term.objects.filter(of_names(forgetting.strong_needles)).delete()[0]
    pattern = forgetting.strong_pattern
    if pattern is not None:
        for chat in PastedChat.objects.exclude(state=PastedChat.State.FILED):
            if pattern.search(chat.text):
                chat.delete()
                count += 1
    return count + len(ids)
