"""Everything the dashboard says is in the catalogue, so that a translation needs no change of code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.words import COMPONENTS, committed, extracted

TEMPLATES = sorted((COMPONENTS / "dashboard" / "templates").glob("*.html"))
_TAG_OR_CODE = re.compile(r"<[^>]*>|\{%.*?%\}|\{\{.*?\}\}|&[a-z]+;", re.DOTALL)


def test_the_catalogue_is_up_to_date() -> None:
    assert {m.id for m in committed() if m.id} == {m.id for m in extracted() if m.id}, "run `python -m tests.words`"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_bare_words(template: Path) -> None:
    bare = re.findall(r"[A-Za-z]{2,}", _TAG_OR_CODE.sub(" ", template.read_text(encoding="utf-8")))
    assert bare == []


def test_messages_are_literals() -> None:
    """Gettext cannot find a message that is put together at run time."""
    for file in COMPONENTS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                first = node.args[0]
                assert isinstance(first, ast.Constant), f"{file.name}:{node.lineno}: write the message as a literal"
