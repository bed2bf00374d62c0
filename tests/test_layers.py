"""Dependencies point one way: dashboard, api and command line to charts and export, and these to the ledger."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).parents[1]

MAY_USE: dict[str, set[str]] = {
    "ledger": {"ledger"},
    "words": {"words"},
    "charts": {"charts", "ledger", "words"},
    "export": {"export", "ledger", "words"},
    "api": {"api", "export", "charts", "ledger", "words"},
    "dashboard": {"dashboard", "export", "charts", "ledger", "words"},
    "__main__": {"export", "charts", "ledger", "words"},
    "__init__": set(),
    "app": {"api", "dashboard", "ledger", "words"},
}
"""For each part of the code the parts of ``components`` that it may import; a new part must be added here."""

MUST_NOT_IMPORT: dict[str, set[str]] = {
    "ledger": {"streamlit", "plotly", "starlette"},
    "words": {"streamlit", "plotly", "starlette"},
    "charts": {"streamlit", "starlette"},
    "export": {"streamlit", "plotly", "starlette"},
    "api": {"streamlit", "plotly"},
    "dashboard": set(),
    "__main__": {"streamlit", "plotly", "starlette"},
    "__init__": {"streamlit", "plotly", "starlette"},
    "app": set(),
}
"""For each part the libraries that it must not import; only the dashboard and ``app.py`` import Streamlit."""


def part_of(path: PurePosixPath) -> str:
    """The part that a file belongs to: ``ledger`` for ``components/ledger/rule.py``, ``app`` for ``app.py``."""
    return path.parts[1].removesuffix(".py") if path.parts[0] == "components" else path.stem


def imported(source: str, package: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything that a module in ``package`` imports, wherever in it, by name or text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *filter(None, [node.module])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("__import__", "importlib.import_module"):
            yield from ((node.lineno, str(one.value)) for one in node.args if isinstance(one, ast.Constant))


def violations(path: PurePosixPath, source: str) -> list[str]:
    """Every import that breaks the order, as ``path:line: name``."""
    part = part_of(path)
    found = []
    for line, name in imported(source, path.parts[:-1]):
        top, *rest = name.split(".")
        broken = rest[0] not in MAY_USE[part] if top == "components" and rest else top in MUST_NOT_IMPORT[part]
        if broken:
            found.append(f"{path}:{line}: {name}")
    return found


def modules() -> list[PurePosixPath]:
    """Every module of the project, relative to its root."""
    files = [*(ROOT / "components").rglob("*.py"), ROOT / "app.py"]
    return sorted(PurePosixPath(file.relative_to(ROOT).as_posix()) for file in files)


@pytest.mark.parametrize("path", modules(), ids=str)
def test_a_module_imports_only_what_its_layer_may(path: PurePosixPath) -> None:
    assert violations(path, (ROOT / path).read_text(encoding="utf-8")) == []


def test_every_layer_has_its_rules() -> None:
    assert set(MAY_USE) == set(MUST_NOT_IMPORT)
    assert {part_of(path) for path in modules()} <= set(MAY_USE)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("components/ledger/rule.py", "import streamlit"),
        ("components/ledger/rule.py", "import plotly.graph_objects as go"),
        ("components/ledger/rule.py", "from starlette.responses import Response"),
        ("components/ledger/rule.py", "from components.export import package"),
        ("components/ledger/rule.py", "from components import words"),
        ("components/ledger/rule.py", "from .. import charts"),
        ("components/ledger/rule.py", "from ..export.package import files"),
        ("components/ledger/deep/rule.py", "from ...export import package"),
        ("components/ledger/rule.py", "def f():\n    import streamlit as st"),
        ("components/ledger/rule.py", "if TYPE_CHECKING:\n    from streamlit import Page"),
        ("components/ledger/rule.py", "importlib.import_module('streamlit')"),
        ("components/ledger/rule.py", "__import__('plotly')"),
        ("components/charts/one.py", "import streamlit"),
        ("components/charts/one.py", "from components.export import package"),
        ("components/charts/one.py", "from components.dashboard import shared"),
        ("components/export/brief.py", "import plotly.io"),
        ("components/export/brief.py", "import components.dashboard.shared"),
        ("components/export/brief.py", "from components.charts import palette"),
        ("components/api/routes.py", "from streamlit import starlette"),
        ("components/api/routes.py", "from components.dashboard import frames"),
        ("components/dashboard/main.py", "from components.api import headers"),
        ("components/__main__.py", "import streamlit"),
        ("components/__main__.py", "from components.dashboard import frames"),
        ("components/words.py", "from components.ledger import schema"),
        ("components/__init__.py", "import components.ledger"),
    ],
)
def test_the_checker_finds_what_is_forbidden(path: str, source: str) -> None:
    assert len(violations(PurePosixPath(path), source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("components/ledger/rule.py", "import pandas as pd\nfrom components.ledger import dates\nfrom . import schema"),
        ("components/ledger/rule.py", "text = 'import streamlit'  # import streamlit"),
        (
            "components/charts/one.py",
            "import plotly\nfrom components import words\nfrom ..ledger.rule import StatusGrid",
        ),
        ("components/export/brief.py", "from components.ledger.rule import status_grid"),
        ("components/dashboard/main.py", "import streamlit\nfrom components.export import package"),
        ("components/__main__.py", "from components.export import package"),
        ("app.py", "import streamlit\nfrom components.api import headers"),
    ],
)
def test_the_checker_lets_pass_what_is_allowed(path: str, source: str) -> None:
    assert violations(PurePosixPath(path), source) == []
