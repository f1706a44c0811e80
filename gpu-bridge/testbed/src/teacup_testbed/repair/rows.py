"""What was measured, one line a row, written as soon as it is there."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from ..world.assignment import Pair

Json = dict[str, Any]


class Rows:
    """A file of rows, each of one arm and one pair. A run that was killed goes on from it."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        read = file.read_bytes() if file is not None and file.exists() else b""
        # What a kill cut off has no end of its line: that row is measured again.
        self._whole = read.rfind(b"\n") + 1
        self.all: list[Json] = [self._row(line) for line in read[: self._whole].splitlines()]

    def of(self, arm: str) -> dict[Pair, Json]:
        return {(row["content"], row["host"]): row for row in self.all if row["arm"] == arm}

    def add(self, row: Json) -> None:
        self.all.append(row)
        if self.file is None:
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps(row).encode() + b"\n"
        with self.file.open("ab") as opened:
            opened.truncate(self._whole)
            opened.write(line)
            opened.flush()
            os.fsync(opened.fileno())
        self._whole += len(line)

    def check_same(self, arm: str, about: Json) -> None:
        """ValueError where the file's rows of an arm were measured otherwise."""
        for row in self.of(arm).values():
            for name, value in about.items():
                if row[name] != value:
                    raise ValueError(
                        f"{self.file} has rows of {arm} with {name} {row[name]!r}, and this run "
                        f"has {value!r}: name another file, or remove this one."
                    )

    def _row(self, line: bytes) -> Json:
        try:
            return json.loads(line)
        except ValueError as error:
            raise ValueError(f"{self.file} has a line that is no row: {error}.") from error
