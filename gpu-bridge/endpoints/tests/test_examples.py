"""The example endpoints can be read, and there is one for each method."""

import re
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


PARITY = sorted((FOLDER / "examples/parity").glob("*.toml"))


@pytest.mark.parametrize("file", PARITY, ids=lambda file: file.stem)
def test_the_official_settings_can_be_read_and_are_called_as_their_file(file: Path) -> None:
    endpoint = read_config(file)
    assert endpoint.config.name == f"{file.stem}-parity"


def test_every_published_method_has_its_official_settings_and_the_docs_name_each() -> None:
    """methods.md 10.3: recommended and parity, each listed. The two others are ours."""
    methods = {read_config(file).config.method for file in PARITY}
    assert methods == {*METHODS} - {"best_of", "probe"}
    docs = (FOLDER.parents[1] / "docs/paper-to-code.md").read_text()
    listed = set(re.findall(r"`parity/([\w-]+)\.toml`", docs))
    assert listed == {file.stem for file in PARITY}


def test_the_official_numbers_are_those_of_the_tables() -> None:
    told = {file.stem: read_config(file) for file in PARITY}
    asked = {name: one.config.defaults for name, one in told.items()}
    assert {name: (one.steps, one.guidance_scale) for name, one in asked.items()} == {
        "attend-and-excite": (50, 7.5),
        "comat-sd15": (50, 7.5),
        "comat-sdxl": (50, 7.5),
        "concept-diffusion": (50, 7.5),
        "decorrelation": (50, 8.5),
        "moce": (40, 5.0),
        "realign-diff": (50, 7.5),
        "sdxl": (40, 5.0),
    }
    moce = told["moce"].method_params
    assert (moce["mode"], moce["second_stage"], moce["tau"]) == ("per_prompt", "refiner", 0.72)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_one_cog_yaml_is_every_endpoints_by_the_two_words_that_the_docs_replace(file: Path) -> None:
    told = (FOLDER / "deploy/cog.yaml").read_text()
    assert told.count("sdxl.toml") == 1
    named = re.findall(r"TEACUP_ENDPOINT=/src/(\S+)", told.replace("sdxl.toml", file.name))
    assert named == [str(file.relative_to(FOLDER))]
    endpoint = read_config(file)
    module = "run_scores" if endpoint.scores else "run_tags" if endpoint.tools else "run"
    docs = (FOLDER.parents[1] / "docs/endpoints.md").read_text()
    assert f"teacup_endpoints.{module} import Runner" in docs


def test_what_is_deployed_pins_the_packages_of_the_project() -> None:
    project = (FOLDER / "pyproject.toml").read_text()
    pinned = [line.strip(" -\n") for line in (FOLDER / "deploy/cog.yaml").open() if "==" in line]
    assert len(pinned) > 5
    assert [package for package in pinned if f'"{package}"' not in project] == []
    assert "torch==2.13.0" in (FOLDER / "deploy/Dockerfile").read_text()
