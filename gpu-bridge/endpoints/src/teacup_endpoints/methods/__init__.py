"""The registry: every file of this folder that has a `METHOD` is a method."""

from typing import Any

from ..asking import Method
from ..registry import member_named, members

METHODS: dict[str, Method[Any]] = members(__name__, __path__, "METHOD")


def method_named(name: str) -> Method[Any]:
    return member_named(METHODS, "method", name)
