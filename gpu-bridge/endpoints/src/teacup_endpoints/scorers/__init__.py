"""The registry: every file of this folder that has a `SCORER` is a scorer."""

from ..registry import member_named, members
from .base import Pretrained

SCORERS: dict[str, type[Pretrained]] = members(__name__, __path__, "SCORER")


def scorer_named(name: str) -> type[Pretrained]:
    return member_named(SCORERS, "scorer", name)
