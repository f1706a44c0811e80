"""A method's parameters: one frozen dataclass is its documentation, its JSON Schema and its parser.

    @dataclass(frozen=True)
    class Parameters:
        window: float = parameter(0.475, "Search window", unit="share of the steps",
                                  minimum=0, maximum=1, description="...")
        mode: Literal["per_image", "per_prompt"] = parameter("per_image", "Unit of decision")

Fields may be int, float, bool, str, Literal of texts, one of these or None, a tuple of them
(`tuple[str, ...]`), or another such dataclass. What spans fields is checked in `__post_init__`,
which raises `ValueError` with a sentence.
"""

from __future__ import annotations

import dataclasses
import math
import types
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from .errors import Refused

Json = dict[str, Any]
T = TypeVar("T")
_KINDS = {bool: "boolean", int: "integer", float: "number", str: "string"}
_WORDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


def parameter(
    default: Any,
    title: str,
    *,
    unit: str | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
    description: str | None = None,
) -> Any:
    """A field of a parameters dataclass, with what a form has to show."""
    about = {"unit": unit, "minimum": minimum, "maximum": maximum, "description": description}
    known = {key: value for key, value in about.items() if value is not None}
    return dataclasses.field(default=default, metadata={"title": title, **known})


def schema_of(cls: type[Any]) -> Json:
    """JSON Schema (2020-12), defaults and units included; `unit` is our own keyword."""
    properties: Json = {}
    required: list[str] = []
    for field, hint in _fields(cls):
        properties[field.name] = {**_schema(hint), **_about(field)}
        if field.default is dataclasses.MISSING:
            required.append(field.name)
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def parse(cls: type[T], raw: Mapping[str, Any], where: str = "method_params") -> T:
    """Strict: an unknown name, a wrong type or a value out of range is refused in a sentence."""
    known = dict((field.name, (field, hint)) for field, hint in _fields(cls))
    for name in raw:
        if name not in known:
            names = ", ".join(known) or "none"
            raise Refused(f"{where}.{name} is not known here: the parameters are {names}.")
    values: Json = {}
    for name, (field, hint) in known.items():
        if name in raw:
            values[name] = _read(hint, raw[name], f"{where}.{name}")
            _check_range(values[name], field.metadata, f"{where}.{name}")
        elif field.default is dataclasses.MISSING:
            raise Refused(f"{where}.{name} is missing.")
    try:
        return cls(**values)
    except Refused:
        raise
    except ValueError as error:
        raise Refused(f"{where}: {error}") from error


def to_json(parameters: Any) -> Json:
    """The parameters as they were resolved, for the answer."""
    return dataclasses.asdict(parameters)


def _fields(cls: type[Any]) -> list[tuple[dataclasses.Field[Any], Any]]:
    hints = get_type_hints(cls)
    return [(field, hints[field.name]) for field in dataclasses.fields(cls)]


def _about(field: dataclasses.Field[Any]) -> Json:
    about = dict(field.metadata)
    if field.default is not dataclasses.MISSING:
        default = field.default
        about["default"] = to_json(default) if dataclasses.is_dataclass(default) else default
    return about


def _schema(hint: Any) -> Json:
    inner = _without_none(hint)
    if inner is not hint:
        return {"anyOf": [_schema(inner), {"type": "null"}]}
    if get_origin(hint) is Literal:
        return {"type": "string", "enum": list(get_args(hint))}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _schema(get_args(hint)[0])}
    if dataclasses.is_dataclass(hint):
        return schema_of(cast("type[Any]", hint))
    return {"type": _KINDS[hint]}


def _read(hint: Any, value: Any, where: str) -> Any:
    inner = _without_none(hint)
    if inner is not hint:
        return None if value is None else _read(inner, value, where)
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            raise Refused(f"{where} must be one of {', '.join(get_args(hint))}.")
        return value
    if get_origin(hint) is tuple:
        return _each(value, where, lambda item, place: _read(get_args(hint)[0], item, place))
    if dataclasses.is_dataclass(hint):
        if not isinstance(value, Mapping):
            raise Refused(f"{where} must be an object.")
        return parse(cast("type[Any]", hint), cast("Mapping[str, Any]", value), where)
    return _plain(hint, value, where)


def _each(value: Any, where: str, read: Callable[[Any, str], Any]) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise Refused(f"{where} must be a list.")
    items = cast("list[Any]", value)
    return tuple(read(item, f"{where}[{index}]") for index, item in enumerate(items))


def _plain(kind: type[Any], value: Any, where: str) -> Any:
    # A boolean is a whole number to Python, and 3 is a number to everybody.
    fits = type(value) is kind or (kind is float and type(value) is int)
    if not fits or (kind is float and not math.isfinite(value)):
        raise Refused(f"{where} must be {_WORDS[kind]}.")
    return kind(value)


def _check_range(value: Any, about: Mapping[str, Any], where: str) -> None:
    if not isinstance(value, int | float):
        return
    if value < about.get("minimum", -math.inf):
        raise Refused(f"{where} is {value}: at least {about['minimum']} is needed.")
    if value > about.get("maximum", math.inf):
        raise Refused(f"{where} is {value}: at most {about['maximum']} is possible.")


def _without_none(hint: Any) -> Any:
    if get_origin(hint) not in (Union, types.UnionType):
        return hint
    rest = [part for part in get_args(hint) if part is not types.NoneType]
    if len(rest) != 1 or len(rest) == len(get_args(hint)):
        raise TypeError(f"a parameter cannot be of type {hint}")
    return rest[0]
