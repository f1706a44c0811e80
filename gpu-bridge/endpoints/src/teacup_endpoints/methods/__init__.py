"""The registry: every file of this folder that has a `METHOD` is a method."""

import importlib
import pkgutil
from typing import Any

from ..asking import Method
from ..errors import Refused


def _find() -> dict[str, Method[Any]]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    found: list[Method[Any]] = [m.METHOD for m in modules if hasattr(m, "METHOD")]
    return {method.name: method for method in found}


METHODS = _find()


def method_named(name: str) -> Method[Any]:
    if name not in METHODS:
        raise Refused(f"The method '{name}' is not known: name one of {', '.join(METHODS)}.")
    return METHODS[name]
