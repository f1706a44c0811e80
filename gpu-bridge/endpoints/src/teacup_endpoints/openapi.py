"""The description that the endpoint serves, and by which Cog refuses bad input with 422."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .asking import Method
from .parameters import schema_of
from .scorers import scorer_named

CONTRACT = Path(__file__).with_name("render-input.json")
SCORE_CONTRACT = Path(__file__).with_name("score-input.json")


def describe(name: str, method: Method[Any]) -> dict[str, Any]:
    """What the method's parameters are is told beside the contract's input."""
    about = {"name": method.name, "version": method.version, "title": method.title}
    parameters = {"MethodParams": schema_of(method.parameters)}
    return _around(CONTRACT, name, parameters, {"method": about})


def describe_scores(name: str, scorers: list[str]) -> dict[str, Any]:
    settings = {f"Settings {each}": schema_of(scorer_named(each).settings_type) for each in scorers}
    about = [
        {"name": each, "version": scorer_named(each).version, "title": scorer_named(each).title}
        for each in scorers
    ]
    return _around(SCORE_CONTRACT, name, settings, {"scorers": about})


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
