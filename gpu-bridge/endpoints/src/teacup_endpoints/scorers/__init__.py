"""The registry: every file of this folder that has a `SCORER` is a scorer."""

import importlib
import pkgutil

from ..errors import Refused
from .base import Pretrained


def _find() -> dict[str, type[Pretrained]]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    found: list[type[Pretrained]] = [m.SCORER for m in modules if hasattr(m, "SCORER")]
    return {scorer.name: scorer for scorer in found}


SCORERS = _find()


def scorer_named(name: str) -> type[Pretrained]:
    if name not in SCORERS:
        raise Refused(f"The scorer '{name}' is not known: name one of {', '.join(SCORERS)}.")
    return SCORERS[name]
