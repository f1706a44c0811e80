"""The description that the endpoint serves, and by which Cog refuses bad input with 422."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from .asking import Ask, Method
from .config import Config
from .detectors import detector_named
from .methods import method_named
from .parameters import parse, schema_of, to_json
from .rehearsal import PAIR, PROMPT
from .scorers import scorer_named
from .segmenters import segmenter_named
from .tools import Tool, Tools

CONTRACT = Path(__file__).with_name("render-input.json")
SCORE_CONTRACT = Path(__file__).with_name("score-input.json")
TAG_CONTRACT = Path(__file__).with_name("tag-input.json")


def describe(
    config: Config, method_params: Mapping[str, Any], scorers: Collection[str] = ()
) -> dict[str, Any]:
    """Beside the contract's input: the method's parameters, and what of the input may be left out,
    each with the default that the endpoint's file gives it. `scorers`: those that the file names,
    the only ones that a scorer may be chosen from."""
    method = method_named(config.method)
    about = {
        "name": method.name,
        "version": method.version,
        "title": method.title,
        "concepts": method.concepts,
        **_plan(config, method, method_params),
    }
    schemas = {
        "MethodParams": _with_defaults(_of_these(method, scorers), method_params),
        "Settings": _with_defaults(schema_of(type(config.defaults)), to_json(config.defaults)),
    }
    return _around(CONTRACT, config.name, schemas, {"method": about})


def _plan(config: Config, method: Method[Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """What an image of two concepts takes at the defaults: whoever plans a night of drawing asks
    before the first one. What the pipelines of others take, their own code alone knows."""
    if config.pipeline == "any":
        return {}
    steps, scale = config.defaults.steps, config.defaults.guidance_scale
    ask = Ask(PROMPT, (0,), 0, 0, steps, scale, concepts=PAIR)
    plan = method.plan_evals(parse(method.parameters, given), ask, steps)
    most = plan.backwards if plan.backwards_most is None else plan.backwards_most
    evals = {"least": plan.least, "most": plan.most}
    backwards = {"backwards": plan.backwards, "backwards_most": most}
    return {"plan": {"steps": steps, "guided": ask.is_guided, **evals, **backwards}}


def _of_these(method: Method[Any], scorers: Collection[str]) -> dict[str, Any]:
    """The method's schema. Of the scorers it can use it offers those that are here, or none."""
    schema = schema_of(method.parameters)
    for kind in schema["properties"].get("scorer", {}).get("anyOf", []):
        if "enum" in kind:
            kind["enum"] = [name for name in kind["enum"] if name in scorers]
    return schema


def _with_defaults(schema: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    told = schema["properties"]
    for name, value in given.items():
        told[name] = {**told[name], "default": value}
    return {**schema, "required": [name for name in schema["required"] if name not in given]}


def describe_scores(name: str, scorers: list[str]) -> dict[str, Any]:
    settings = {f"Settings {each}": schema_of(scorer_named(each).settings_type) for each in scorers}
    about = [
        {"name": each, "version": scorer_named(each).version, "title": scorer_named(each).title}
        for each in scorers
    ]
    return _around(SCORE_CONTRACT, name, settings, {"scorers": about})


def describe_tags(name: str, tools: Tools) -> dict[str, Any]:
    parts: dict[str, type[Tool]] = {
        "detector": detector_named(tools.detector[0]),
        "segmenter": segmenter_named(tools.segmenter[0]),
    }
    settings = {f"Settings {part.name}": schema_of(part.settings_type) for part in parts.values()}
    about = {
        kind: {"name": part.name, "version": part.version, "title": part.title}
        for kind, part in parts.items()
    }
    return _around(TAG_CONTRACT, name, settings, about)


def _around(
    contract: Path, name: str, schemas: dict[str, Any], about: dict[str, Any]
) -> dict[str, Any]:
    """OpenAPI around the contract's input."""
    given = json.loads(contract.read_text(encoding="utf-8"))
    given.pop("$schema")
    answer = {"200": {"description": "The prediction, once it is over"}}
    body = {
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {"input": {"$ref": "#/components/schemas/Input"}},
                }
            }
        }
    }
    put = {"operationId": "predict", "requestBody": body, "responses": answer}
    return {
        "openapi": "3.1.0",
        "info": {"title": name, "version": "1"},
        "paths": {
            "/health-check": {"get": {"responses": answer}},
            "/predictions": {"post": put},
            "/predictions/{prediction_id}": {"put": put},
            "/predictions/{prediction_id}/cancel": {"post": {"responses": answer}},
        },
        "components": {"schemas": {"Input": given, "Output": {}, **schemas}},
        "x-teacup": {"contract_version": 1, **about},
    }
