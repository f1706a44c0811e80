"""What every method answers is the contract's, and can be sent."""

import json
from pathlib import Path
from typing import Any

import pytest

from teacup_endpoints.asking import Loaded
from teacup_endpoints.config import Config, Defaults, Endpoint
from teacup_endpoints.drawing import Drawer
from teacup_endpoints.methods import METHODS
from teacup_endpoints.reading import read_input
from teacup_endpoints.rehearsal import ACTING
from teacup_endpoints.sampling import start

from .conftest import load
from .every_method import Undecided
from .json_schema import faults

FOLDER = Path(__file__).parents[2] / "contract/json-schema"
OUTPUT = json.loads((FOLDER / "render-output.json").read_text())
INPUT: dict[str, Any] = {
    "prompt": "a tea cup of iced coke",
    "seeds": [5, 6],
    "width": 128,
    "height": 128,
    "concepts": [{"text": "iced coke", "description": "a dark drink"}, {"text": "tea cup"}],
}


@pytest.mark.parametrize("name", ["sdxl", "sd1"])
@pytest.mark.parametrize("method", ACTING)
def test_every_methods_answer_is_the_contracts(method: str, name: str) -> None:
    config = Config(name="tiny", method=method, defaults=Defaults(steps=4))
    loaded = Loaded(load(name, rows=4, exact=True), scorers={"clipscore": Undecided()})
    made = Drawer(Endpoint(config, ACTING[method]), loaded).draw(INPUT)
    # As it travels: no tuple, no tensor and no number that JSON does not have.
    sent = json.loads(json.dumps(made, allow_nan=False))
    assert faults(OUTPUT, sent) == []
    assert (sent["seeds"], len(sent["images"])) == ([5, 6], 2)
    own = METHODS[method]
    ask = read_input(INPUT, config.defaults)
    parameters = own.parameters(**own_parameters(method))
    plan = own.plan_evals(parameters, ask, start(loaded.base, ask).steps)
    assert plan.least <= sent["evals"] <= plan.most
    assert plan.backwards <= sent["backwards"] <= (plan.backwards_most or plan.backwards)
    assert sent["method"]["name"] == method
    # A second time the same, byte for byte.
    assert Drawer(Endpoint(config, ACTING[method]), loaded).draw(INPUT)["images"] == made["images"]


@pytest.mark.parametrize("method", ACTING)
def test_no_method_drops_the_end_of_a_long_text_in_silence(method: str) -> None:
    """A second time too, when it is encoded, tuned and kept already."""
    config = Config(name="tiny", method=method, defaults=Defaults(steps=4))
    loaded = Loaded(load("sdxl", rows=4, exact=True), scorers={"clipscore": Undecided()})
    drawer = Drawer(Endpoint(config, ACTING[method]), loaded)
    prompt = " ".join([INPUT["prompt"], *["cup"] * 80, "lost"])
    unwanted = " ".join([*["glass"] * 80, "gone"])
    for _ in range(2):
        made = drawer.draw({**INPUT, "seeds": [5], "prompt": prompt, "negative_prompt": unwanted})
        told = made["trace"]["truncated"]
        assert told[prompt].endswith("lost")
        assert told[unwanted].endswith("gone")


def own_parameters(method: str) -> dict[str, Any]:
    """Lists as the parsed parameters have them."""
    return {k: v for k, v in ACTING[method].items() if k != "objects"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"evals": -1}, "it.evals is -1"),
        ({"seeds": []}, "it.seeds has 0 entries"),
        ({"seeds": [True]}, "it.seeds[0] is no integer"),
        ({"images": ["x"]}, "it.images[0] is 'x'"),
        ({"method": {"name": "a"}}, "it.method.version is missing"),
        ({"timings": {"sample": "long"}}, "it.timings.sample is no number"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_an_answer_that_is_not_the_contracts_would_be_noticed(
    change: dict[str, Any], fault: str
) -> None:
    fits = {
        "images": ["data:image/png;base64,AA"],
        "seeds": [1],
        "evals": None,
        "model": {"name": "a", "revision": "b", "weights_hash": "c"},
        "method": {"name": "a", "version": "1"},
    }
    assert faults(OUTPUT, fits) == []
    assert faults(OUTPUT, {**fits, **change}) == [fault]
