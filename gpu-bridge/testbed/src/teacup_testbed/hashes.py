"""`teacup-testbed hashes DIR`: are these the files that about.json tells of?"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="teacup-testbed hashes", description=__doc__)
    parser.add_argument("folder", type=Path, help="as `teacup-testbed export` wrote it")
    folder = parser.parse_args(arguments).folder
    wrong = differences(folder)
    print(*(wrong or [f"{folder}: every file is as about.json tells it"]), sep="\n")
    return 1 if wrong else 0


def differences(folder: Path) -> list[str]:
    """A sentence for each file that is missing, changed, or not told of."""
    about = folder / "about.json"
    if not about.is_file():
        return [f"{about} is not there: write the folder by `teacup-testbed export`."]
    told: dict[str, str] = json.loads(about.read_text(encoding="utf-8"))["files"]
    found = {str(f.relative_to(folder)): f for f in folder.rglob("*") if f.is_file()}
    found.pop("about.json")
    missing = [f"{name} is missing." for name in sorted(told.keys() - found.keys())]
    changed = [
        f"{name} is not the file that was exported: its hash is another."
        for name in sorted(told.keys() & found.keys())
        if hash_of(found[name]) != told[name]
    ]
    more = [f"{name} is not told of in about.json." for name in sorted(found.keys() - told.keys())]
    return [*missing, *changed, *more]


def hash_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
