"""The example endpoints can be read, and there is one for each method."""

from pathlib import Path

import pytest

from teacup_endpoints.config import Config, read_config
from teacup_endpoints.methods import METHODS

FOLDER = Path(__file__).parents[1]
EXAMPLES = sorted((FOLDER / "examples").glob("*.toml"))
# What a method cannot do without: a gradient or a tuned encoder in numbers wide enough, layers that
# take its processors. It moves pictures by rounding.
NEEDS_OTHERWISE = {
    "attend-and-excite-sdxl": {"dtype", "fast"},
    "attend-and-excite-sd15": {"dtype", "variant"},
    "decorrelation": {"dtype", "variant"},
}


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_can_be_read_and_is_called_as_its_file(file: Path) -> None:
    assert read_config(file).config.name == file.stem


def test_every_method_has_an_example() -> None:
    assert {read_config(file).config.method for file in EXAMPLES} == {*METHODS, "score", "tag"}


def comparable(config: Config) -> dict[str, object]:
    model = config.model
    return {
        "revision": model.revision,
        "variant": model.variant,
        "dtype": model.dtype,
        "rows": config.rows,
        "fast": config.fast,
        "defaults": config.defaults,
    }


@pytest.mark.parametrize(("baseline", "others"), [("sdxl", 7), ("sd15", 4)])
def test_what_is_compared_differs_in_its_method_alone(baseline: str, others: int) -> None:
    """The same base, steps, guidance, rows and fast path: methods.md 10.2."""
    examples = {file.stem: read_config(file).config for file in EXAMPLES}
    own = examples.pop(baseline)
    same_base = {
        name: config
        for name, config in examples.items()
        if config.base is not None and config.base.id == own.model.id
    }
    assert len(same_base) == others
    expected = comparable(own)
    for name, config in same_base.items():
        told = comparable(config)
        apart = {field for field in told if told[field] != expected[field]}
        assert apart == NEEDS_OTHERWISE.get(name, set()), name


def test_what_is_deployed_pins_the_packages_of_the_project() -> None:
    project = (FOLDER / "pyproject.toml").read_text()
    pinned = [line.strip(" -\n") for line in (FOLDER / "deploy/cog.yaml").open() if "==" in line]
    assert len(pinned) > 5
    assert [package for package in pinned if f'"{package}"' not in project] == []
    assert "torch==2.13.0" in (FOLDER / "deploy/Dockerfile").read_text()
