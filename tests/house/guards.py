"""The house's guards as plain functions: each takes what it looks at and returns the problems it finds, in words.

`test_the_house.py` runs them over the real tree; `test_guards_bite.py` breaks the house on purpose and expects each to notice.
"""

from __future__ import annotations

import ast
import functools
import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

FLOORS = [
    "kernel",
    "audit ui",
    "accounts",
    "places law",
    "units",
    "files",
    "messaging",
    "people rights",
    "helpdesk outreach",
    "newsroom vacancies",
    "web",
]
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms.split()}
CEILING = 500
FORBIDDEN_NAMES = {"utils", "common", "helpers", "core", "lib", "misc"}
KERNEL_FILES = {
    "__init__", "access", "apps", "codes", "deep_clean", "demo", "errors", "events", "forgetting", "fulltext", "gate", "generation", "indonesian", "jobs", "models",
    "money", "numbering", "opening", "progress", "secrets", "tasks", "text", "together",
}  # fmt: skip
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime", "time"}


def sources(package: Path) -> Iterator[Path]:
    """Python files of the package, migrations aside."""
    return (p for p in sorted(package.rglob("*.py")) if "migrations" not in p.parts)


def too_long_files(files: Iterable[Path], ceiling: int = CEILING) -> list[str]:
    lengths = ((p, len(p.read_text("utf-8").splitlines())) for p in files)
    return [f"{p}: {n} lines, the ceiling is {ceiling}" for p, n in lengths if n > ceiling]


def drawer_names(package: Path) -> list[str]:
    """Folders and files named like a drawer for anything."""
    return [
        f"{p}: a room says what it is for"
        for p in package.rglob("*")
        if p.stem in FORBIDDEN_NAMES and "__pycache__" not in p.parts
    ]


def strange_kernel_files(kernel: Path) -> list[str]:
    return [
        f"{p.name}: a new kernel file takes an ADR and a line here"
        for p in kernel.glob("*.py")
        if p.stem not in KERNEL_FILES
    ]


def model_signals(files: Iterable[Path]) -> list[str]:
    """Django's own signals of saving and deleting: who and why are not known there. What a library announces is heard in `receivers.py`."""
    signs = re.compile(r"django\.db\.models\.signals|from django\.db\.models import .*\bsignals\b|\bmodels\.signals\b")
    return [f"{p}: listens to Django's model signals" for p in files if signs.search(p.read_text("utf-8"))]


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """A file's syntax, read once for all guards: no guard changes a file it was given before."""
    return ast.parse(path.read_text("utf-8"))


NOT_NOTED = {"about", "actor", "name", "thing", "reason", "count"}


def notes_without_words(files: Iterable[Path], words: Iterable[str]) -> list[str]:
    """Values that `note` and `record` put into the trail, of which no reader could tell what they are."""
    problems, known = [], {*words, *NOT_NOTED}
    for path in files:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("note", "record"):
                names = [k.arg for k in node.keywords if k.arg and k.arg not in known]
                problems += [f"{path}:{node.lineno}: say what {name} is by notes_say()" for name in names]
    return problems


def unexplained_inline_imports(files: Iterable[Path]) -> list[str]:
    """Imports inside functions whose line does not say why."""
    problems = []
    for path in files:
        lines = path.read_text("utf-8").splitlines()
        functions = [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
        for node in {inner for function in functions for inner in ast.walk(function)}:
            if isinstance(node, ast.Import | ast.ImportFrom) and "# reason:" not in " ".join(
                lines[node.lineno - 1 : node.end_lineno]
            ):
                problems.append(f"{path}:{node.lineno}: an inline import without `# reason:`")
    return sorted(problems)


def clocks_in_rules(files: Iterable[Path]) -> list[str]:
    """Calls of a clock in rules: a rule is given its day."""
    problems = []
    for path in files:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
                problems.append(f"{path}:{node.lineno}: {node.func.attr}() in rules")
    return problems


CHANCE = re.compile(r"[0-9a-f]{1,5}")


def needles_of_chance(files: Iterable[Path]) -> list[str]:
    """Short strings of digits or of a to f that tests look for in a text: a page holds identifiers made by chance, in which they may stand."""
    problems = []
    for path in files:
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.In | ast.NotIn):
                continue
            needle, hay = node.left, node.comparators[0]
            if isinstance(hay, ast.Set | ast.List | ast.Tuple | ast.Dict | ast.SetComp | ast.ListComp):
                continue
            if isinstance(needle, ast.Constant) and CHANCE.fullmatch(str(needle.value)):
                problems.append(f"{path}:{node.lineno}: look for more than {needle.value!r}, which chance may write")
    return problems


def modules_without_text(files: Iterable[Path]) -> list[str]:
    """Modules that do not open with what lives in them; empty ones, apps and tests' packages aside."""
    return [
        f"{p}: no module text"
        for p in files
        if p.name not in ("apps.py",) and p.read_text("utf-8").strip() and ast.get_docstring(tree_of(p)) is None
    ]


def services_without_doorway(modules: Iterable[ModuleType]) -> list[str]:
    """Public functions of services that neither pass the doorway nor say why not; classes and imports aside."""
    problems = []
    for module in modules:
        for name, thing in vars(module).items():
            if name.startswith("_") or not inspect.isfunction(thing) or inspect.unwrap(thing).__module__ != module.__name__:
                continue
            if not hasattr(thing, "action_name") and not hasattr(thing, "inner_reason"):
                problems.append(f"{module.__name__}.{name}: a write without a doorway")
    return problems


def upward_foreign_keys(models: Iterable[Any]) -> list[str]:
    """Foreign keys from a room to a room on a higher or the same floor."""
    problems = []
    for model in models:
        here = FLOOR_OF.get(model._meta.app_label)
        if here is None:
            continue
        for field in model._meta.get_fields():
            if not (getattr(field, "concrete", False) and field.is_relation and field.related_model):
                continue
            label = field.related_model._meta.app_label
            there = FLOOR_OF.get(label)
            if there is not None and label != model._meta.app_label and there >= here:
                problems.append(f"{model._meta.label}.{field.name} points up to {label}")
    return problems


LINKS = re.compile(r"""{%\s*(?:include|extends)\s+["']([\w-]+)/|{%\s*url\s+["']([\w-]+):|{%\s*load\s+([^%]+)%}""")


def upward_template_links(package: Path, libraries: dict[str, str]) -> list[str]:
    """Templates that extend, include, link to or load from a higher room. `libraries` says which room a tag library belongs to."""
    problems = []
    for room, here in FLOOR_OF.items():
        for template in (package / room).glob("templates/**/*.*"):
            for folder, namespace, loaded in LINKS.findall(template.read_text("utf-8")):
                names = [folder or namespace] + [libraries.get(word, "") for word in loaded.split()]
                for name in names:
                    there = FLOOR_OF.get(name)
                    if there is not None and name != room and there >= here:
                        problems.append(f"{template}: reaches up to {name}")
    return problems


def views_without_entry(patterns: Iterable[tuple[str, Any]], entry_of: Any) -> list[str]:
    """Views of ours that do not say whom they let in: closed to all, so surely forgotten."""
    return [
        f"{route}: {view.__module__}.{getattr(view, '__name__', view)} says nobody may enter"
        for route, view in patterns
        if entry_of(view) is None and view.__module__.startswith("serikat.")
    ]


def badly_named_migrations(files: Iterable[Path]) -> list[str]:
    """Migrations that a machine named: a migration's name says what changes."""
    return [
        f"{p}: name it by a sentence" for p in files if re.search(r"_auto_|^\d{4}_(alter|add|remove)_\w+_and_more", p.name)
    ]


def powers_worded_as_deeds(catalog: Iterable[Any]) -> list[str]:
    """A permission and the trail with one sentence for both: Indonesian allows it, but "create accounts" is not "created an account"."""
    problems = []
    for message in catalog:
        places = [name for name, _line in message.locations]
        power = any("permissions" in name for name in places)
        if power and not message.context and not all("permissions" in name for name in places):
            problems.append(f"{message.id}: {', '.join(places)}")
    return problems


NAMES = {"WhatsApp", "SMS", "RSS", "JSON", "English", "Indonesia", "Serikat"}  # the same in every language
# remarks, code that is shown, what is translated, and the class of the body
NO_WORDS = re.compile(
    r"\{#.*?#\}|\{% block page_class %\}[\w -]*|\{% (comment|verbatim|filter|blocktranslate)\b.*?\{% end\1 %\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<(script|style)\b.*?</\2>|&\w+;",
    re.S,
)
SEEN = re.compile(r"""\b(?:aria-label|title|alt|placeholder)=("[^"]*"|'[^']*')|>([^<]+)<""")


def unmarked_words(templates: Iterable[Path]) -> list[str]:
    """Words in templates that stand outside of translate: they would be Indonesian on an English page."""
    problems = []
    for template in templates:
        page = f">{NO_WORDS.sub(' ', template.read_text('utf-8'))}<"
        said = " ".join(attribute or text for attribute, text in SEEN.findall(page))
        problems += [f"{template}: {word}" for word in re.findall(r"[^\W\d_]{2,}", said) if word not in NAMES]
    return problems
