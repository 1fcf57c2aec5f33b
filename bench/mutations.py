"""The changes that mutation testing makes to modules.

The operators are mutmut's. Its runner is not used, because it leaves out decorated functions, such as most workflows,
and tables at the top of a module.
"""

import ast
import difflib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_string

ROOT = Path(__file__).resolve().parent.parent
SEED = 12
WORDS_ONLY = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "TypeVar"}  # nodes without behaviour
UNCHANGED = (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom)


@dataclass(frozen=True)
class Mutant:
    """One change: the module's path, the line, and the module's source with the change."""

    path: str
    line: int
    source: str

    @property
    def diff(self) -> str:
        lines = ((ROOT / self.path).read_text(), self.source)
        return "\n".join(difflib.unified_diff(*(text.splitlines() for text in lines), self.path, "", n=1, lineterm=""))


@dataclass(frozen=True)
class Change:
    """A node of a module, and what replaces it."""

    path: str
    module: cst.Module
    node: cst.CSTNode
    other: cst.CSTNode
    line: int


class Mutator(cst.CSTVisitor):
    """Collects the changes of a module."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, path: str, module: cst.Module):
        self.path, self.module = path, module
        self.changes: list[Change] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, UNCHANGED) or is_words_only(node) or is_text_alone(node):
            return False
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                changed = list(operator(node))
                # One mutant of a text is enough: it is another text.
                for other in changed[:1] if operator is operator_string else changed:
                    place = self.get_metadata(PositionProvider, node, None)
                    self.changes.append(Change(self.path, self.module, node, other, place.start.line if place else 0))
        return True


def is_words_only(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in WORDS_ONLY


def is_text_alone(node: cst.CSTNode) -> bool:
    """Return whether a node is a docstring."""
    return isinstance(node, cst.Expr) and isinstance(node.value, cst.SimpleString | cst.ConcatenatedString)


def changes_of(path: str) -> list[Change]:
    wrapper = MetadataWrapper(cst.parse_module((ROOT / path).read_text()))
    mutator = Mutator(path, wrapper.module)
    wrapper.visit(mutator)
    return mutator.changes


def distinct(changes: list[Change]) -> Iterator[Mutant]:
    """Yield the mutants that can be compiled and differ from their module and from each other."""
    seen: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        trees = seen[change.path]
        if not trees:
            trees.add(ast.dump(ast.parse(change.module.code)))
        source = change.module.deep_replace(change.node, change.other).code
        try:
            tree = ast.dump(ast.parse(source))
        except SyntaxError:
            continue
        if tree not in trees:
            trees.add(tree)
            yield Mutant(change.path, change.line, source)


def mutants_of(paths: list[str], sample: int | None) -> list[Mutant]:
    """Return the mutants of modules: all of them, or as many as `sample` says, the same ones each time.

    Making the source of a mutant takes long, so a sample is drawn from the changes.
    """
    changes = [change for path in paths for change in changes_of(path)]
    return list(islice(distinct(shuffled(changes) if sample else changes), sample or None))


def shuffled(changes: list[Change]) -> list[Change]:
    """Return changes in an order by their digests, so that an edit of one line replaces only the mutants of that line.

    Equal changes of a module are numbered.
    """
    numbers: Counter[str] = Counter()
    digests: dict[int, bytes] = {}
    for change in changes:
        words = "\0".join([change.path, *(change.module.code_for_node(one) for one in (change.node, change.other))])
        numbers[words] += 1
        digests[id(change)] = sha256(f"{SEED}\0{words}\0{numbers[words]}".encode()).digest()
    return sorted(changes, key=lambda change: digests[id(change)])
