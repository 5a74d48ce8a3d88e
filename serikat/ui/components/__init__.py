"""The components: what a page is made of. Each is a template tag of the library `ui` (`{% load ui %}`); `/ui/` shows them all.

Leaves are inclusion tags, wrappers are block tags (`{% alert %}…{% endalert %}`). A component takes words and values, never model objects of
another room, and says in its docstring what each argument means: the gallery prints it.
"""

from django.template import Library

register = Library()
