"""The data package: ``datapackage.json`` with a Table Schema for each table, as a folder or a zip."""

from __future__ import annotations

import io
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from components.ledger import canonical
from components.ledger.dataset import Ledger
from components.ledger.reading import DESCRIPTOR
from components.ledger.schema import ID_PATTERN, LANGUAGE_PATTERN, TABLES, Column, Kind, Table

_DATE_PATTERN = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_SOURCES_PATTERN = r"[^\[\];]+(\[[^\[\]]+\])?(\s*;[^\[\];]+(\[[^\[\]]+\])?)*"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""One fixed time for every zip entry, so that equal datasets give equal bytes."""


def descriptor(ledger: Ledger) -> dict[str, Any]:
    """The package descriptor (Data Package v2): what the dataset says of itself, and the schema of every table."""
    own = {key: value for key, value in ledger.descriptor.items() if key not in ("$schema", "resources")}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": own.pop("name", "ledger"),
        **own,
        "stall_after_months": ledger.stall_after_months,
        "resources": [_resource(table, ledger.tables[table.name]) for table in TABLES.values()],
    }


def _resource(table: Table, frame: pd.DataFrame) -> dict[str, Any]:
    extra = [name for name in frame.columns if name not in table.column_names]
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(table, column) for column in table.columns]
        + [{"name": name, "type": "string"} for name in extra],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    foreign = [
        {
            "fields": [column.name],
            "reference": {"resource": column.refers_to, "fields": list(TABLES[column.refers_to].key)},
        }
        for column in table.columns
        if column.kind is Kind.REFERENCE
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": table.name,
        "type": "table",
        "description": table.description,
        "path": f"{table.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    field: dict[str, Any] = {"name": column.name, "type": "string", "description": column.description}
    match column.kind:
        case Kind.ID | Kind.REFERENCE:
            constraints["pattern"] = ID_PATTERN
        case Kind.WORD:
            constraints["enum"] = list(column.words)
        case Kind.DATE:
            constraints["pattern"] = _DATE_PATTERN
        case Kind.DAY:
            field["type"] = "date"
        case Kind.LEVEL:
            field["type"] = "integer"
            constraints.update(minimum=0, maximum=4)
        case Kind.ADDRESS:
            field["format"] = "uri"
        case Kind.LANGUAGE:
            constraints["pattern"] = LANGUAGE_PATTERN
        case Kind.SOURCES:
            constraints["pattern"] = _SOURCES_PATTERN
    if column.kind is Kind.ID and table.key == (column.name,):
        constraints["unique"] = True
    if constraints:
        field["constraints"] = constraints
    return field


def descriptor_bytes(ledger: Ledger) -> bytes:
    """``datapackage.json`` as bytes (UTF-8, two spaces of indent)."""
    return (json.dumps(descriptor(ledger), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def files(ledger: Ledger) -> dict[str, bytes]:
    """Every file of the package by name: descriptor, the eight tables, the documents beside them."""
    tables = {f"{name}.csv": canonical.csv_bytes(name, ledger.tables[name]) for name in TABLES}
    return {DESCRIPTOR: descriptor_bytes(ledger), **tables, **dict(sorted(ledger.documents.items()))}


def zip_bytes(ledger: Ledger) -> bytes:
    """The package as one zip; equal datasets give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files(ledger).items():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved onto it. Raises OSError."""
    write_folder({path.name: content}, path.parent)


def write_folder(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write files into a folder, all or none: all beside their places first, then moved onto them. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, Path] = {}
    try:
        for name, content in contents.items():
            handle, beside = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
            written[name] = Path(beside)
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            written[name].chmod(0o644)
        for name, beside_it in written.items():
            beside_it.replace(folder / name)
    except BaseException:
        for beside_it in written.values():
            beside_it.unlink(missing_ok=True)
        raise
