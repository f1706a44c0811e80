"""The registry: every file of this folder that has a `DETECTOR` is a detector."""

from ..registry import member_named, members
from ..tools import Tool

DETECTORS: dict[str, type[Tool]] = members(__name__, __path__, "DETECTOR")


def detector_named(name: str) -> type[Tool]:
    return member_named(DETECTORS, "detector", name)
