"""As much of JSON Schema as the contract's files use."""

import re
from typing import Any

TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "null": type(None),
    "boolean": bool,
}
KNOWN = {
    *("$schema", "type", "anyOf", "properties", "required", "additionalProperties", "items"),
    *("propertyNames", "minItems", "maxItems", "minimum", "maximum", "minLength", "pattern"),
    *("description", "default"),
}


def faults(schema: dict[str, Any], value: Any, where: str = "it") -> list[str]:
    """Empty where the value fits."""
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "anyOf" in schema:
        every = [faults(one, value, where) for one in schema["anyOf"]]
        return [] if [] in every else every[0]
    kind = schema.get("type")
    if kind and (
        not isinstance(value, TYPES[kind]) or (isinstance(value, bool) != (kind == "boolean"))
    ):
        return [f"{where} is no {kind}"]
    found: list[str] = []
    if isinstance(value, dict):
        found += [
            f"{where}.{name} is missing" for name in schema.get("required", []) if name not in value
        ]
        own, other = schema.get("properties", {}), schema.get("additionalProperties", {})
        for name, part in value.items():
            found += faults(own.get(name, other), part, f"{where}.{name}")
    elif isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            found.append(f"{where} has {len(value)} entries")
        for place, part in enumerate(value):
            found += faults(schema.get("items", {}), part, f"{where}[{place}]")
    elif isinstance(value, str):
        if len(value) < schema.get("minLength", 0) or not re.search(
            schema.get("pattern", ""), value
        ):
            found.append(f"{where} is {value[:40]!r}")
    elif isinstance(value, int | float) and not (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
    ):
        found.append(f"{where} is {value}")
    return found
