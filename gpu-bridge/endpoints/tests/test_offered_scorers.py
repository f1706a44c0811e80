"""An endpoint offers the scorers that its file names: another one would fail with every image."""

import json
from pathlib import Path

import pytest

from teacup_endpoints.serving import prepare

USABLE = ("clipscore", "imagereward")


@pytest.mark.parametrize("method", ["moce", "best_of", "probe"])
@pytest.mark.parametrize("named", [(), ("clipscore",), USABLE, ("imagereward", "blip-vqa")])
def test_a_scorer_is_chosen_among_those_of_the_endpoints_file(
    tmp_path: Path, method: str, named: tuple[str, ...]
) -> None:
    tables = "".join(f'[scorer.{name}]\npath = "{name}"\n' for name in named)
    file = tmp_path / "it.toml"
    file.write_text(f'name = "it"\nmethod = "{method}"\n[base]\npath = "sdxl"\n{tables}')
    prepare(file, tmp_path)
    described = json.loads((tmp_path / ".cog/openapi_schema.json").read_text())
    told = described["components"]["schemas"]["MethodParams"]["properties"]["scorer"]
    # None at all stays possible: it is the file's first, or a known step without a search.
    assert told["anyOf"] == [
        {"type": "string", "enum": [name for name in USABLE if name in named]},
        {"type": "null"},
    ]
