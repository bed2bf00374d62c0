"""The catalogue of everything the dashboard says: ``python -m tests.words`` renews it for translators."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from components.words import DOMAIN, LOCALE_DIR

COMPONENTS = LOCALE_DIR.parent
TEMPLATE = LOCALE_DIR / f"{DOMAIN}.pot"
_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]


def extracted() -> Catalog:
    """Every message in the code and the page templates."""
    catalogue = Catalog(project="Follow-Through", charset="utf-8")
    options = {"**/templates/**.html": {"trimmed": "true"}}
    for file, line, message, comments, context in extract_from_dir(COMPONENTS, _METHODS, options):
        catalogue.add(
            message, locations=[(Path("components", file).as_posix(), line)], auto_comments=comments, context=context
        )
    return catalogue


def committed() -> Catalog:
    """The catalogue in the repository."""
    with TEMPLATE.open("rb") as stream:
        return read_po(stream)


def main() -> None:
    """Write the catalogue."""
    out = io.BytesIO()
    write_po(out, extracted(), omit_header=True, sort_by_file=True, width=120, include_lineno=False)
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(out.getvalue())


if __name__ == "__main__":
    main()
