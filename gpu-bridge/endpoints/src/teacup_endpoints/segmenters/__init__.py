"""The registry: every file of this folder that has a `SEGMENTER` is a segmenter."""

from ..registry import member_named, members
from ..tools import Tool

SEGMENTERS: dict[str, type[Tool]] = members(__name__, __path__, "SEGMENTER")


def segmenter_named(name: str) -> type[Tool]:
    return member_named(SEGMENTERS, "segmenter", name)
