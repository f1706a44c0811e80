"""Registries: every file of a package that has a certain name in it belongs to them."""

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from .errors import Refused

Member = TypeVar("Member")


def members(package: str, folders: Iterable[str], mark: str) -> dict[str, Any]:
    """What the files call `mark`, by its own `name`."""
    names = sorted(module.name for module in pkgutil.iter_modules(folders))
    modules = [importlib.import_module(f"{package}.{name}") for name in names]
    found = [getattr(module, mark) for module in modules if hasattr(module, mark)]
    return {member.name: member for member in found}


def member_named(registry: Mapping[str, Member], kind: str, name: str) -> Member:
    if name not in registry:
        raise Refused(f"The {kind} '{name}' is not known: name one of {', '.join(registry)}.")
    return registry[name]
