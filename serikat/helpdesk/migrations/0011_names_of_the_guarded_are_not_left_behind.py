from collections import defaultdict

from django.db import migrations
from django.db.models import Q

SAID = ("Penanyanya sekarang dilindungi.", "Whoever asked is protected now.")
ALIAS_SHOWS = Q(threat_level="high") | ~Q(protections=[])
SIZE = 1000
KINDS = (
    ("Call", "address", "began_at"),
    ("Conversation", "address", "began_at"),
    ("Report", "conversation__address", "received_at"),
    ("Report", "calls__address", "received_at"),
    ("Consultation", "conversation__address", "asked_at"),
    ("Consultation", "calls__address", "asked_at"),
)  # with the way from each to its address, and since when it is there


def clean(apps, schema_editor):
    mark_what_guards_withdrew(apps)
    drop_terms_of_names(apps)
    drop_names_of_other_branches(apps)


def mark_what_guards_withdrew(apps):
    """Until now the reason alone told these answers."""
    PublicAnswer = apps.get_model("helpdesk", "PublicAnswer")
    PublicAnswer.objects.filter(state="withdrawn", withdrawn_because__in=SAID).update(by_guard=True, withdrawn_because="")


def drop_terms_of_names(apps):
    """No name finds a conversation of which only an alias shows. Hashes are deleted by their row: nothing is read of them."""
    Conversation, Person, Term = (
        apps.get_model(*of) for of in (("helpdesk", "Conversation"), ("people", "Person"), ("helpdesk", "Term"))
    )
    guarded = Conversation.objects.filter(ALIAS_SHOWS | Q(person__in=Person.objects.filter(ALIAS_SHOWS))).order_by("pk")
    last = 0
    while ids := list(guarded.filter(pk__gt=last).values_list("pk", flat=True)[:SIZE]):
        Term.objects.filter(conversation__in=ids, of_name=True).delete()
        last = ids[-1]


def drop_names_of_other_branches(apps):
    """A guard was once carried along with the name that stood beside it, whichever branch had written that. Of the same name on a number in branches that
    do not reach one another the oldest stays. Names are opened of such numbers alone."""
    units = defaultdict(set)
    for model, way, _at in KINDS:
        rows = _guarded(apps, model).filter(**{f"{way}__isnull": False}).order_by()
        for address, unit in rows.values_list(way, "unit").distinct().iterator():
            units[address].add(unit)
    shared = sorted(address for address, several in units.items() if len(several) > 1)
    for first in range(0, len(shared), SIZE):
        _drop_copied(apps, shared[first : first + SIZE])


def _guarded(apps, model):
    return apps.get_model("helpdesk", model).objects.exclude(threat_level="none", protections=[])


def _drop_copied(apps, addresses):
    written = defaultdict(set)
    for model, way, at in KINDS:
        rows = _guarded(apps, model).filter(**{f"{way}__in": addresses})
        for address, since, pk, path, called in rows.values_list(way, at, "pk", "unit__path", "called"):
            if called:
                written[address, called.casefold()].add((since, model, pk, path))
    copied = defaultdict(set)
    for same in written.values():
        stand = []
        for _since, model, pk, path in sorted(same):
            near = [one for one in stand if one.startswith(path)]
            if stand and not near:
                copied[model].add(pk)
            else:
                stand.append(path)
    for model, ids in copied.items():
        apps.get_model("helpdesk", model).objects.filter(pk__in=ids).update(called="")
    apps.get_model("helpdesk", "Term").objects.filter(conversation__in=copied["Conversation"], of_name=True).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('helpdesk', '0010_a_guard_withdraws_and_lets_begin_anew'),
        ('people', '0002_merge_may_be_undone'),
    ]

    operations = [migrations.RunPython(clean, migrations.RunPython.noop, elidable=True)]
