"""What Cog starts for an endpoint that scores. TEACUP_ENDPOINT names the endpoint's file."""

import os
from pathlib import Path
from typing import Any

from cog import BaseRunner

from .config import read_config
from .errors import Failed, Refused
from .loading import open_scorers
from .scoring import Scoring


class Runner(BaseRunner):
    def setup(self, weights: Any = None) -> None:
        endpoint = read_config(Path(os.environ["TEACUP_ENDPOINT"]))
        self.scoring = Scoring(open_scorers(endpoint.scorers, endpoint.config.device))

    def run(self, images: list[str], scores: list[dict[str, Any]]) -> Any:
        try:
            return self.scoring.score({"images": images, "scores": scores})
        except Refused as error:
            # Cog's envelope has no room for `permanent`: the contract says so in the words.
            raise RuntimeError(f"permanent: {error}") from error
        except Failed as error:
            raise RuntimeError(str(error)) from error
