"""`teacup-testbed co-occurrence`: how often the biased world shows each content at each host."""

import argparse
import json
from pathlib import Path

from teacup_testbed.world.assignment import Assignment
from teacup_testbed.world.lexicon import CONTENTS, HOSTS, ids_of
from teacup_testbed.world.trained_on import assignment_of

SCENES = 100_000


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="teacup-testbed co-occurrence", description=__doc__)
    parser.add_argument("world", type=Path, help="as `teacup-testbed export` wrote it")
    parser.add_argument("--to", help="the JSON to write; printed without it")
    asked = parser.parse_args(arguments)
    try:
        assignment = assignment_of(asked.world)
    except OSError as error:
        parser.error(f"{error}: give a folder that `teacup-testbed export` wrote")
    text = json.dumps({"counts": co_occurrence(assignment)}, indent=1)
    if asked.to is None:
        print(text)
        return 0
    with open(asked.to, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    return 0


def co_occurrence(assignment: Assignment, scenes: int = SCENES) -> dict[str, dict[str, int]]:
    """Content -> host -> how many of so many scenes are expected to show both, of all hosts."""
    mix = assignment.mix
    filled = scenes * (1 - mix.host_alone - mix.item_alone) * (1 - mix.guests)
    each = filled / len(assignment.contents)
    counts: dict[str, dict[str, int]] = {}
    for content in assignment.contents:
        share = assignment.share(content)
        partners = assignment.partners[content]
        seen = dict.fromkeys(partners, share / len(partners)) | {content: 1 - share}
        row = counts.setdefault(CONTENTS[content], {})
        for host in ids_of(assignment.families):
            row[HOSTS[host]] = row.get(HOSTS[host], 0) + round(each * seen.get(host, 0))
    return counts
