"""The arrows between the parts, and that parts stay small: read from the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drawn import cases

ROOT = Path(__file__).parents[1]
FILES = sorted([ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("calldash/**/*.py")])
LONGEST_FILE, LONGEST_FUNCTION = 220, 30

# What a part must not import. A part is a module or package of calldash with all below it, or another package.
NEVER = """
    part                    | never
    problems                | calldash streamlit duckdb
    filters.arranged        | store query asking settings ui server commands streamlit duckdb
    backups.backup          | query filters asking ui server commands charts streamlit duckdb
    backups.restore         | query filters asking ui server commands charts streamlit duckdb
    checking                | asking ui server commands charts streamlit duckdb
    server.logs             | store query asking settings ui server commands streamlit duckdb
    beside                  | store query settings ui server commands streamlit duckdb
    metrics                 | filters query asking store importing ui server commands charts formats labels i18n settings streamlit duckdb
    filters                 | query asking store importing ui server commands charts settings streamlit duckdb
    query                   | asking store importing ui server commands charts streamlit duckdb
    reading                 | providers importing store metrics query ui server commands charts streamlit duckdb
    providers               | importing store query filters asking ui server commands charts streamlit
    numbers.phones          | store importing query ui streamlit duckdb
    store                   | importing query filters asking ui server commands charts formats labels i18n streamlit
    recordings              | query filters asking formats charts ui server commands streamlit starlette
    talk                    | query filters asking importing formats charts ui server commands streamlit starlette duckdb
    marking.rules           | importing ui server commands charts streamlit duckdb
    advertising.naming      | importing query filters asking ui server commands charts streamlit duckdb
    marking.sales           | store importing query filters asking formats charts ui server commands streamlit duckdb
    advertising.tracking    | importing query filters asking ui server commands charts streamlit duckdb
    given                   | query filters asking formats charts ui server commands streamlit starlette duckdb
    transcripts             | asking formats charts ui server commands streamlit starlette duckdb
    importing               | query filters asking ui server commands charts streamlit
    hours.schedule          | store query asking settings ui server commands charts streamlit duckdb
    settings.line_groups    | store query asking settings ui server commands charts streamlit duckdb
    hours.special_days      | store query asking settings ui server commands charts streamlit duckdb
    hours.worktime          | store query asking settings ui server commands charts streamlit duckdb
    missed.callbacks        | ui server commands charts formats streamlit duckdb
    missed.curve            | store query asking ui server commands charts streamlit duckdb
    missed.callback_delays  | ui server commands charts formats streamlit duckdb
    missed.what_helps       | store query asking ui server commands charts streamlit duckdb
    numbers.places          | query filters asking formats charts ui server commands streamlit duckdb
    numbers.place_names     | store query asking metrics ui server commands streamlit duckdb
    costs.tariffs           | importing asking templates formats charts ui server commands streamlit duckdb
    costs.budgets           | importing templates formats charts ui server commands streamlit duckdb
    costs.unusual           | importing templates formats charts ui server commands streamlit duckdb
    asking                  | importing ui server commands charts streamlit duckdb
    export                  | importing templates ui server commands charts streamlit duckdb
    telling                 | store importing query filters asking ui server commands charts streamlit duckdb
    glossary.subjects       | store importing query filters asking ui server commands charts streamlit duckdb
    glossary                | store importing filters asking ui server commands charts streamlit duckdb
    evidence                | importing asking templates charts ui server commands streamlit starlette duckdb
    advertising.results     | store importing query asking reports ui server commands charts formats streamlit duckdb
    advertising.ad_results  | importing ui server commands charts formats streamlit duckdb
    advertising.upload_back | importing asking ui server commands charts formats streamlit duckdb
    forecast                | store importing query asking staffing ui server commands charts formats streamlit duckdb
    changes                 | store importing query asking ui server commands charts streamlit duckdb
    staffing                | store importing query asking ui server commands charts streamlit duckdb
    templates               | importing ui server commands charts streamlit duckdb
    privacy                 | ui server commands charts streamlit starlette duckdb
    audit.noted_settings    | query asking ui server commands streamlit duckdb
    settings.kept_for       | store query asking settings ui server commands streamlit duckdb
    people.roles            | store query asking templates ui server commands streamlit duckdb
    filters.periods         | store query asking i18n templates ui server commands streamlit duckdb
    filters.strict_filter   | store query asking templates ui server commands streamlit duckdb
    formats                 | store importing query asking ui server commands charts streamlit duckdb
    i18n                    | store importing query asking ui server commands charts streamlit duckdb
    charts                  | store importing query asking filters ui server commands streamlit duckdb
    demo                    | store importing query asking ui server commands streamlit duckdb
    commands                | ui server charts streamlit duckdb
    handover                | ui server charts streamlit duckdb
    server                  | charts streamlit duckdb
    __main__                | ui server charts streamlit duckdb
    ui                      | duckdb
    pages                   | duckdb
"""
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "manager", "service", "services", "base", "common", "misc"}


def part_of(path: Path) -> str:
    """`store` for calldash/store/duck.py, `query` for calldash/query.py, `pages`, `app`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[1] if parts[0] == "calldash" and len(parts) > 1 else parts[0]


def belongs(path: Path, part: str) -> bool:
    """Whether a file is the part (`store`, `hours.schedule`) or stands below it."""
    names = list(path.relative_to(ROOT).with_suffix("").parts)
    return names[names[0] == "calldash" :][: part.count(".") + 1] == part.split(".")


def imports(tree: ast.AST) -> Iterator[str]:
    """The parts and packages that a module imports, wherever in it."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "calldash" else [f"calldash.{alias.name}" for alias in node.names]
        for name in names:
            top, _dot, below = name.partition(".")
            yield below.partition(".")[0] if top == "calldash" and below else top


TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


@pytest.mark.parametrize("case", cases(NEVER), ids=lambda case: case["part"])
def test_arrows_go_one_way(case: dict[str, str]) -> None:
    of_part = [path for path in FILES if belongs(path, case["part"])]
    assert of_part, "there is no such part"
    never = set(case["never"].split())
    wrong = {(str(path.relative_to(ROOT)), name) for path in of_part for name in imports(TREES[path]) if name in never}
    if case["part"] == "providers":
        wrong -= {(str(Path("calldash/providers/own.py")), "duckdb")}
    assert wrong == set()


def test_only_the_store_and_the_locked_room_know_duckdb() -> None:
    """Importing passes the store's cursor on: it may name its type, nothing else."""
    users = {path for path, tree in TREES.items() if "duckdb" in imports(tree)}
    outside = {path for path in users if part_of(path) != "store" and path != ROOT / "calldash/providers/own.py"}
    used = {
        (str(path.relative_to(ROOT)), node.attr)
        for path in outside
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "duckdb"
    }
    assert {name for _path, name in used} <= {"DuckDBPyConnection"}, used
    assert {part_of(path) for path in outside} <= {"importing"}


def test_only_the_pages_know_streamlit() -> None:
    users = {part_of(path) for path, tree in TREES.items() if "streamlit" in imports(tree)}
    assert users <= {"app", "pages", "ui"}


def test_a_provider_knows_no_other() -> None:
    """The folder is the registry: what one provider needs of another belongs into reading or the contract."""
    keys = {
        path.name for path in (ROOT / "calldash/providers").iterdir() if path.is_dir() and path.name != "__pycache__"
    }
    keys |= {path.stem for path in (ROOT / "calldash/providers").glob("*.py")} - {"__init__", "plain"}
    for path, tree in TREES.items():
        if part_of(path) != "providers" or path.parent.name == "providers":
            continue
        below = {node.module.split(".")[2] for node in ast.walk(tree)
                 if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("calldash.providers.")}  # fmt: skip
        assert below & keys <= {path.parent.name}, path


def test_names_say_what_a_module_is_about() -> None:
    assert [str(path) for path in FILES if {path.stem, path.parent.name} & SAYS_NOTHING] == []


def test_files_are_small() -> None:
    lengths = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in FILES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_small() -> None:
    lengths = {
        f"{path.relative_to(ROOT)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_every_module_says_what_it_owns() -> None:
    assert [str(path.relative_to(ROOT)) for path, tree in TREES.items() if not ast.get_docstring(tree)] == []
