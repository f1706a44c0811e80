"""What Cog starts. TEACUP_ENDPOINT names the endpoint's file."""

import os
from pathlib import Path
from typing import Any

from cog import BaseRunner

from .config import read_config
from .drawing import Drawer
from .errors import Failed, Refused
from .loading import load


class Runner(BaseRunner):
    def setup(self, weights: Any = None) -> None:
        endpoint = read_config(Path(os.environ["TEACUP_ENDPOINT"]))
        self.drawer = Drawer(endpoint, load(endpoint.config, endpoint.scorers))

    def run(
        self,
        prompt: str,
        seeds: list[int],
        width: int,
        height: int,
        negative_prompt: str | None = None,
        steps: int | None = None,
        guidance_scale: float | None = None,
        scheduler: str | None = None,
        method_params: dict[str, Any] | None = None,
        concepts: list[dict[str, Any]] | None = None,
    ) -> Any:
        raw = {name: value for name, value in locals().items() if name != "self"}
        try:
            return self.drawer.draw({k: v for k, v in raw.items() if v is not None})
        except Refused as error:
            # Cog's envelope has no room for `permanent`: the contract says so in the words.
            raise RuntimeError(f"permanent: {error}") from error
        except Failed as error:
            raise RuntimeError(str(error)) from error
