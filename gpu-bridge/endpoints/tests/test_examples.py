"""The example endpoints can be read, and there is one for each method."""

from pathlib import Path

import pytest

from teacup_endpoints.config import read_config
from teacup_endpoints.methods import METHODS

FOLDER = Path(__file__).parents[1]
EXAMPLES = sorted((FOLDER / "examples").glob("*.toml"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_can_be_read_and_is_called_as_its_file(file: Path) -> None:
    assert read_config(file).config.name == file.stem


def test_every_method_has_an_example() -> None:
    assert {read_config(file).config.method for file in EXAMPLES} == {*METHODS, "score", "tag"}


def test_what_is_deployed_pins_the_packages_of_the_project() -> None:
    project = (FOLDER / "pyproject.toml").read_text()
    pinned = [line.strip(" -\n") for line in (FOLDER / "deploy/cog.yaml").open() if "==" in line]
    assert len(pinned) > 5
    assert [package for package in pinned if f'"{package}"' not in project] == []
    assert "torch==2.13.0" in (FOLDER / "deploy/Dockerfile").read_text()
