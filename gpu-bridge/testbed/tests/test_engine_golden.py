import json
from pathlib import Path
from typing import Any

import pytest

from teacup_testbed.engine_golden import golden

FILE = Path(__file__).parents[1] / "golden" / "engine.json"


def test_what_the_engine_is_held_to_is_what_python_makes_now() -> None:
    told: Any = json.loads(FILE.read_text(encoding="utf-8"))
    made: Any = json.loads(json.dumps(golden()))

    assert made.keys() == told.keys()
    for part in made:
        assert _rounded(made[part]) == _rounded(told[part]), part


def _rounded(value: Any) -> Any:
    """Sums of floats differ in their last digits from one machine to the next."""
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-5, abs=1e-6)
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    if isinstance(value, dict):
        return {name: _rounded(item) for name, item in value.items()}
    return value
