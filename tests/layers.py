"""What the source of a package says of itself: imports, circles, names, and how it decides.

Each check takes the modules of a package and gives its findings as text, none where all is well.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Module:
    """One file of a package. `place` is its path below the package, `name` as it is imported."""

    place: str
    name: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The folder or file of the package's top level that it lies in."""
        return self.place.partition("/")[0].removesuffix(".py")

    @property
    def is_package(self) -> bool:
        return self.place.endswith("__init__.py")


def read_package(package: Path) -> list[Module]:
    """Every module of a package, by its place."""
    return [_read(path, package) for path in sorted(package.rglob("*.py"))]


def _read(path: Path, package: Path) -> Module:
    parts = path.relative_to(package.parent).with_suffix("").parts
    name = ".".join(parts).removesuffix(".__init__")
    return Module(path.relative_to(package).as_posix(), name, ast.parse(path.read_text("utf-8")))


def imported(module: Module) -> Iterator[str]:
    """Every name that is imported, in full: `library.part.name`, also for type checkers alone."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = [node.module] if node.module else []
            if node.level:
                parts = module.name.split(".")
                above = len(parts) - node.level + module.is_package
                base = [*parts[:above], *base]
            yield from (".".join([*base, alias.name]) for alias in node.names)


def imported_modules(module: Module, modules: Collection[str]) -> set[str]:
    """Those of `modules` that it imports, itself apart."""
    found = (name if name in modules else name.rpartition(".")[0] for name in imported(module))
    return {name for name in found if name in modules and name != module.name}


# --- which way imports go -------------------------------------------------------------------


def upward_imports(
    modules: Sequence[Module], layers: Mapping[str, int], beside: Mapping[str, Collection[str]]
) -> list[str]:
    """Imports of a layer above, and of a room of the same one, unless that is the lowest or
    `beside` allows it. A room that `layers` lacks stands alone: it imports no other, nor is it
    imported."""
    return [
        f"{module.place} imports {other}"
        for module, other in _imported_rooms(modules)
        if not _may_import(module.room, other, layers, beside)
    ]


def _imported_rooms(modules: Sequence[Module]) -> Iterator[tuple[Module, str]]:
    rooms = {module.room for module in modules if module.name.count(".")}
    for module in modules:
        package = module.name.partition(".")[0]
        if module.name == f"{package}.__main__":
            continue
        for name in imported(module):
            first, *rest = name.split(".")
            if first == package and rest and rest[0] in rooms - {module.room}:
                yield module, rest[0]


def _may_import(
    room: str, other: str, layers: Mapping[str, int], beside: Mapping[str, Collection[str]]
) -> bool:
    if room not in layers or other not in layers:
        return False
    if layers[room] == layers[other]:
        return layers[room] == 0 or other in beside.get(room, ())
    return layers[room] > layers[other]


def strayed_libraries(modules: Iterable[Module], homes: Mapping[str, Collection[str]]) -> list[str]:
    """Imports of other libraries than the standard one outside their homes (folders or files)."""
    found = []
    for module in modules:
        own = module.name.partition(".")[0]
        libraries = {name.partition(".")[0] for name in imported(module)} - {own}
        for library in sorted(libraries - (sys.stdlib_module_names - homes.keys())):
            known = homes.get(library, ())
            if not any(
                module.place == home or module.place.startswith(f"{home}/") for home in known
            ):
                found.append(f"{module.place} imports {library}")
    return found


def import_circles(modules: Sequence[Module]) -> list[str]:
    """Files that import each other, however many others lie between."""
    names = {module.name for module in modules}
    graph = {module.name: imported_modules(module, names) for module in modules}
    circles = []
    while graph:
        # Whoever imports nothing that is left, or is imported by nothing, is in no circle.
        used = {other for others in graph.values() for other in others}
        outside = {name for name, others in graph.items() if not others or name not in used}
        if not outside:
            circles.append(" -> ".join(_circle(graph)))
            outside = set(circles[-1].split(" -> "))
        graph = {name: others - outside for name, others in graph.items() if name not in outside}
    return circles


def _circle(graph: Mapping[str, Collection[str]]) -> list[str]:
    """One circle of a graph in which every name leads to another one."""
    path = [min(graph)]
    while (following := min(graph[path[-1]])) not in path:
        path.append(following)
    return [*path[path.index(following) :], following]


def commands_of_commands(modules: Sequence[Module], folder: str) -> list[str]:
    """Imports between the modules of `folder`."""
    inside = {m.name for m in modules if m.place.startswith(f"{folder}/") and not m.is_package}
    return [
        f"{_last(module.name)} imports {_last(other)}"
        for module in modules
        if module.name in inside
        for other in sorted(imported_modules(module, inside))
    ]


def _last(name: str) -> str:
    return name.rpartition(".")[2]


# --- what stands where ----------------------------------------------------------------------


def screens_below(modules: Iterable[Module], top: str, screens: Collection[str]) -> list[str]:
    """Outside the room `top`: calls of `print`, and imports of the libraries `screens`."""
    found = []
    for module in modules:
        if module.room == top:
            continue
        if any(name.partition(".")[0] in screens for name in imported(module)):
            found.append(f"{module.place} imports a library of screens")
        if any(
            isinstance(call.func, ast.Name) and call.func.id == "print" for call in _calls(module)
        ):
            found.append(f"{module.place} prints")
    return found


def repeated_names(modules: Iterable[Module]) -> dict[str, list[str]]:
    """Public classes and aliases of types that stand in several modules, with their places."""
    places = defaultdict(list)
    for module in modules:
        for name in _types(module.tree):
            places[name].append(module.place)
    return {name: found for name, found in places.items() if len(found) > 1}


def _types(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name):
                pass
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() | ast.BinOp()):
                if name.isupper():
                    continue
            case _:
                continue
        if not name.startswith("_"):
            yield name


def code_in_packages(modules: Iterable[Module]) -> list[str]:
    """`__init__.py` files with more than a docstring and, in the package's own, the version."""
    return [
        module.place
        for module in modules
        if module.is_package and not all(_says(node) for node in module.tree.body)
    ]


def _says(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
        case ast.Assign(targets=[ast.Name(id="__version__")]):
            return True
        case _:
            return False


# --- codes decide, sentences are shown ------------------------------------------------------

SENTENCES = {"reason", "how", "message"}
"""Attributes that hold what a person reads (`how` an enum, which is asked with `is`)."""

_LOOKS_INTO = {
    *("startswith", "endswith", "find", "rfind", "index", "count"),
    *("partition", "rpartition", "split", "removeprefix", "removesuffix"),
}
_PATTERNS = {"match", "search", "fullmatch", "findall", "finditer", "sub", "subn"}


def decisions_by_sentence(modules: Iterable[Module]) -> list[str]:
    """Where the text of a sentence is compared, searched or taken apart."""
    return [
        f"{module.place}: {ast.unparse(node).splitlines()[0]}"
        for module in modules
        for node in ast.walk(module.tree)
        if _reads_a_sentence(node)
    ]


def _reads_a_sentence(node: ast.AST) -> bool:
    match node:
        case ast.Compare(left=left, ops=ops, comparators=others):
            texts = any(isinstance(op, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for op in ops)
            return texts and any(map(_has_sentence, (left, *others)))
        case ast.Call(func=ast.Attribute(value=value, attr=method), args=args):
            looks = method in _LOOKS_INTO and _has_sentence(value)
            return looks or (method in _PATTERNS and any(map(_has_sentence, args)))
        case ast.Match(subject=subject):
            return _has_sentence(subject)
        case ast.MatchClass(kwd_attrs=names, kwd_patterns=patterns):
            values = dict(zip(names, patterns, strict=True))
            return any(isinstance(values.get(name), ast.MatchValue) for name in SENTENCES)
        case _:
            return False


def _has_sentence(node: ast.AST) -> bool:
    return any(isinstance(n, ast.Attribute) and n.attr in SENTENCES for n in ast.walk(node))


def _calls(module: Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))
