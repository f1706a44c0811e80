"""What docs/paper-to-code.md names is there: a table that lies is worse than none."""

import re
from pathlib import Path

FOLDER = Path(__file__).parents[1]
DOCS = (FOLDER.parents[1] / "docs/paper-to-code.md").read_text()
SOURCE = FOLDER / "src/teacup_endpoints"


def test_every_test_that_proves_a_row_exists() -> None:
    written = "".join(file.read_text() for file in (FOLDER / "tests").glob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", DOCS))
    assert len(named) > 40
    assert sorted(name for name in named if f"def {name}(" not in written) == []
    files = set(re.findall(r"`(test_\w+\.py)`", DOCS))
    assert sorted(file for file in files if not (FOLDER / "tests" / file).exists()) == []


def test_every_function_stands_in_the_file_it_is_said_to_be_in() -> None:
    named = re.findall(r"`([\w/]+\.py): ([\w.]+)`", DOCS)
    assert len(named) > 15
    missing = [
        f"{file}: {name}"
        for file, name in named
        for part in name.split(".")
        if not re.search(rf"(def|class) {part}\b", _source(file))
    ]
    assert missing == []


def _source(file: str) -> str:
    places = (SOURCE / file, SOURCE / "scorers" / file)
    return "".join(place.read_text() for place in places if place.exists())
