"""The description that the endpoint serves, and by which Cog refuses bad input with 422."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .asking import Method
from .parameters import schema_of

CONTRACT = Path(__file__).with_name("render-input.json")


def describe(name: str, method: Method[Any]) -> dict[str, Any]:
    """OpenAPI around the contract's input. What the method's parameters are is told beside it."""
    given = json.loads(CONTRACT.read_text(encoding="utf-8"))
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
        "components": {
            "schemas": {"Input": given, "MethodParams": schema_of(method.parameters), "Output": {}}
        },
        "x-teacup": {
            "contract_version": 1,
            "method": {"name": method.name, "version": method.version, "title": method.title},
        },
    }
