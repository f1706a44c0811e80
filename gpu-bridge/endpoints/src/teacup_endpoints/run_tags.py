"""What Cog starts for an endpoint that tags. TEACUP_ENDPOINT names the endpoint's file."""

import os
from pathlib import Path
from typing import Any

from cog import BaseRunner

from .config import read_config
from .errors import Failed, Refused
from .loading import open_tagger


class Runner(BaseRunner):
    def setup(self, weights: Any = None) -> None:
        self.tagger = open_tagger(read_config(Path(os.environ["TEACUP_ENDPOINT"])))

    def run(self, images: list[str], phrases: list[str]) -> Any:
        try:
            return self.tagger.tag({"images": images, "phrases": phrases})
        except Refused as error:
            # Cog's envelope has no room for `permanent`: the contract says so in the words.
            raise RuntimeError(f"permanent: {error}") from error
        except Failed as error:
            raise RuntimeError(str(error)) from error
