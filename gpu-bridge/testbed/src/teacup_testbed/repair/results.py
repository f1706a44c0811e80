"""`teacup-testbed results`: a document's tables, written from reports, so that none is typed.

A table stands between `<!-- table: NAME -->` and `<!-- end -->`; the text around them is kept.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .tables import gates_table, methods_tables, probe_table, tried_table

_BLOCK = re.compile(r"<!-- table: (?P<name>[\w-]+) -->\n.*?<!-- end -->", re.DOTALL)
# The reports' files, and the tables that are made of each.
_ONE: dict[str, Callable[[Any], str]] = {
    "judge": gates_table,
    "cross": gates_table,
    "steering": gates_table,
    "gates-tuning": gates_table,
    "gates-evaluation": gates_table,
    "frozen-gates-evaluation": gates_table,
    "moce": probe_table,
}
# Of the generator whose text encoder is trained jointly, and of the one whose encoder is frozen.
_METHODS = ("", "frozen-")
# Of weights that were not kept: tried-NAME-gates-tuning.json, tried-NAME-moce.json; in this order.
_TRIED = re.compile(r"tried-(?P<weights>[\w-]+?)-(?P<of>gates-tuning|moce)")


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="teacup-testbed results", description=__doc__)
    parser.add_argument("document", type=Path, help="Markdown with marked places")
    parser.add_argument("--reports", type=Path, required=True, help="folder of JSON reports")
    parser.add_argument("--check", action="store_true", help="writes nothing, says what differs")
    asked = parser.parse_args(arguments)
    try:
        text = asked.document.read_text(encoding="utf-8")
        written = filled(text, tables_of(asked.reports))
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    if asked.check:
        print("as the reports tell it" if text == written else "not as the reports tell it")
        return 0 if text == written else 1
    asked.document.write_text(written, encoding="utf-8")
    return 0


def tables_of(reports: Path) -> dict[str, str]:
    """Every table that the reports there can fill, by name."""
    made: dict[str, str] = {}
    for file in sorted(reports.glob("*.json")):
        if table := _ONE.get(file.stem):
            made[file.stem] = table(_read(file))
    if tried := _tried(reports):
        made["tried"] = tried_table(tried)
    for before in _METHODS:
        if (report := _read(reports / f"{before}methods.json")) is not None:
            made |= {before + name: table for name, table in methods_tables(report).items()}
    return made


def _tried(reports: Path) -> dict[str, dict[str, Any]]:
    """By the weights' names, the kept ones last: their reports, by the reports' names."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(reports.glob("tried-*.json")):
        if named := _TRIED.fullmatch(file.stem):
            title = re.sub(r"^\d+-", "", named["weights"]).replace("-", " ")
            found.setdefault(title, {})[named["of"]] = _read(file)
    kept = {name: _read(reports / f"{name}.json") for name in ("gates-tuning", "moce")}
    found["**kept**"] = {name: report for name, report in kept.items() if report}
    return {title: own for title, own in found.items() if "gates-tuning" in own}


def filled(text: str, tables: dict[str, str]) -> str:
    """ValueError for a place whose report is not there."""

    def fill(block: re.Match[str]) -> str:
        name = block["name"]
        if name not in tables:
            known = ", ".join(tables) or "none"
            raise ValueError(f"There is no report for the table '{name}': there are {known}.")
        return f"<!-- table: {name} -->\n\n{tables[name]}\n\n<!-- end -->"

    return _BLOCK.sub(fill, text)


def _read(file: Path) -> Any:
    if not file.exists():
        return None
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"{file} is no report: {error}.") from error
