from dataclasses import dataclass
from typing import Any, Literal

import pytest

from teacup_endpoints.errors import Refused
from teacup_endpoints.methods import METHODS
from teacup_endpoints.parameters import parameter, parse, schema_of, to_json


@dataclass(frozen=True)
class Box:
    left: float = parameter(0.0, "Left edge", minimum=0, maximum=1)
    label: str = parameter("", "Label")


@dataclass(frozen=True)
class Example:
    steps: int = parameter(3, "Rounds", unit="rounds", minimum=1, maximum=9)
    scale: float | None = parameter(0.5, "Scale", description="Empty: none")
    mode: Literal["one", "two"] = parameter("one", "Mode")
    on: bool = parameter(True, "On")
    words: tuple[str, ...] = parameter((), "Words")
    boxes: tuple[Box, ...] = parameter((), "Boxes")

    def __post_init__(self) -> None:
        if self.mode == "two" and self.scale is None:
            raise ValueError("mode two needs a scale.")


def test_a_dataclass_is_its_schema() -> None:
    schema = schema_of(Example)
    assert schema["additionalProperties"] is False
    assert schema["required"] == []
    assert schema["properties"]["steps"] == {
        "type": "integer",
        "title": "Rounds",
        "unit": "rounds",
        "minimum": 1,
        "maximum": 9,
        "default": 3,
    }
    assert schema["properties"]["scale"]["anyOf"] == [{"type": "number"}, {"type": "null"}]
    assert schema["properties"]["mode"]["enum"] == ["one", "two"]
    assert schema["properties"]["boxes"]["items"]["properties"]["left"]["maximum"] == 1


def test_what_is_given_is_read_and_the_rest_is_the_default() -> None:
    read = parse(Example, {"scale": 2, "words": ["a"], "boxes": [{"left": 0.25}]})
    assert read == Example(scale=2.0, words=("a",), boxes=(Box(0.25),))
    assert to_json(read)["boxes"] == ({"left": 0.25, "label": ""},)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ({"step": 3}, "method_params.step is not known here: the parameters are steps, scale"),
        ({"steps": 3.0}, "method_params.steps must be a whole number"),
        ({"steps": True}, "method_params.steps must be a whole number"),
        ({"steps": 10}, "method_params.steps is 10: at most 9 is possible"),
        ({"steps": 0}, "method_params.steps is 0: at least 1 is needed"),
        ({"scale": "big"}, "method_params.scale must be a number"),
        ({"scale": float("nan")}, "method_params.scale must be a number"),
        ({"mode": "three"}, "method_params.mode must be one of one, two"),
        ({"words": "abc"}, "method_params.words must be a list"),
        ({"words": ["a", 1]}, r"method_params.words\[1\] must be a text"),
        ({"boxes": [1]}, r"method_params.boxes\[0\] must be an object"),
        ({"boxes": [{"left": 2}]}, r"method_params.boxes\[0\].left is 2.0: at most 1"),
        ({"on": 1}, "method_params.on must be true or false"),
        ({"mode": "two", "scale": None}, "method_params: mode two needs a scale"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_anything_else_is_refused_in_a_sentence(raw: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        parse(Example, raw)


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
def test_every_method_describes_each_parameter(method: Any) -> None:
    properties = schema_of(method.parameters)["properties"]
    assert all({"title", "default"} <= set(about) for about in properties.values())
    assert parse(method.parameters, {}) == method.parameters()
