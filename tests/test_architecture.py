"""The project's own rules: layers, public names, lazy imports."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import govlint
from govlint.engine import installed_plugins
from govlint.own import OWN_RULES
from govlint.rule import RULE_ID

ROOT = Path(__file__).resolve().parent.parent

LAYERS = (
    "mistakes",
    "source",
    "writing",
    "document",
    "number",
    "phrases",
    "forms",
    "facts.memo",
    "parsers",
    "facts",
    "rule",
    "kits",
    "ledger",
    "own",
    "bounds",
    "hookspecs",
    "hooks",
    "suppressions",
    "configfile",
    "config",
    "engine",
    "cache",
    "fixes",
    "fingerprint",
    "baseline",
    "changes",
    "tasks",
    "workers",
    "batch",
    "docs",
    "testing",
    "reporters",
    "inspect",
    "lsp",
    "cli commands",
    "__main__",
)
"""A module imports only what comes before it, or belongs to the same entry."""


def modules(folder: Path) -> list[tuple[str, ast.Module]]:
    """The modules below a folder by dotted name."""
    return [
        (
            ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__"),
            ast.parse(path.read_bytes()),
        )
        for path in sorted(folder.rglob("*.py"))
    ]


def imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """What is imported at run time, wherever: the module and the name, which is empty for ``import x``."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from ((node.module or "", alias.name) for alias in node.names)
        else:
            yield from imports(node)


def layer(module: str) -> int:
    """The place of a module, named without ``govlint.``, in the layers."""
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length])
        for index, names in enumerate(LAYERS):
            if name in names.split():
                return index
    raise AssertionError(f"govlint.{module} is in no layer: add it to LAYERS")


@pytest.mark.parametrize(
    ("name", "tree"),
    [pair for pair in modules(ROOT / "govlint") if pair[0] != "__init__"],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_module_imports_only_what_is_above_it(name: str, tree: ast.Module):
    own = layer(name)
    wrong = [
        module
        for module, _ in imports(tree)
        if module.startswith("govlint.") and layer(module.removeprefix("govlint.")) > own
    ]
    assert not wrong


@pytest.mark.parametrize("folder", ["plugins", "dictionaries"])
def test_packs_and_dictionaries_import_public_names_only(folder: str):
    for name, tree in modules(ROOT / folder):
        package = name.partition(".")[0]
        for module, imported in imports(tree):
            if module.partition(".")[0] == "govlint":
                assert module == "govlint", f"{name} imports {module}"
                assert imported in govlint.__all__, f"{name} imports {imported}, which is not public"
            elif module.startswith("govlint_"):
                other = module.partition(".")[0]
                assert other in (package, "govlint_dictionaries"), f"{name} imports the pack {other}"


def test_public_names_are_declared_for_type_checkers_and_at_run_time_alike():
    tree = ast.parse((ROOT / "govlint" / "__init__.py").read_bytes())
    (typed,) = (node for node in tree.body if isinstance(node, ast.If))
    declared = {
        alias.asname: (node.module or "").removeprefix("govlint.")
        for node in typed.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert declared == govlint._MODULES
    assert govlint.__all__ == sorted(declared)


@pytest.mark.parametrize("name", govlint.__all__)
def test_a_public_name_is_there_and_documented(name: str):
    value = getattr(govlint, name)
    assert getattr(import_module(f"govlint.{govlint._MODULES[name]}"), name) is value
    assert name in dir(govlint)
    if callable(value):
        assert value.__doc__


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        govlint.nothing  # noqa: B018


def test_public_names_go_before_modules_of_the_same_name():
    code = "import govlint.rule, govlint.forms; from govlint import rule, forms; print(callable(rule), callable(forms))"
    assert run(code) == "True True"


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("module", ["govlint", "govlint.cli", "govlint.batch"])
def test_what_is_heavy_is_imported_only_where_it_is_used(module: str):
    heavy = {
        "pathspec",
        "multiprocessing",
        "difflib",
        "lxml",
        "jieba",
        "markdown_it",
        "rich",
        "importlib.metadata",
    }
    assert run(f"import sys, {module}; print(*sorted({heavy!r} & set(sys.modules)))") == ""


def test_ids_are_unique_and_well_formed():
    ids = [rule.id for rule in (*installed_plugins().rules(), *OWN_RULES)]
    assert len(set(ids)) == len(ids)
    assert all(RULE_ID.fullmatch(rule) for rule in ids)


def test_every_module_of_a_pack_with_rules_is_one():
    known = {rule.check.__module__ for rule in installed_plugins().rules()}
    packs = {module.rpartition(".")[0] for module in known} & {path.name for path in (ROOT / "plugins").iterdir()}
    for pack in packs:
        public = {path.stem for path in (ROOT / "plugins" / pack).glob("*.py") if not path.name.startswith("_")}
        assert {f"{pack}.{name}" for name in public} <= known
