"""What the weights of an exported folder were trained on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .assignment import Assignment, Mix


def assignment_of(folder: Path) -> Assignment:
    """Its pairs, rungs and partners. OSError where the folder tells nothing of them."""
    about: dict[str, Any] = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    return Assignment.of(tuple(about["families"]), about["seed"], Mix.of_json(about["mix"]))
