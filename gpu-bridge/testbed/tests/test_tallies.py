"""What the judge saw becomes counts."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from teacup_testbed.evaluation.cross import compared
from teacup_testbed.evaluation.gates import Gate, drawable, pair_gates
from teacup_testbed.evaluation.report import known_tallies, report_gates
from teacup_testbed.evaluation.tallies import (
    COUNTS,
    Tally,
    about_content,
    about_host,
    about_pair,
    tally,
)
from teacup_testbed.hashes import hash_of
from teacup_testbed.models.oracle import NONE, Verdict
from teacup_testbed.train.setup import Setup
from teacup_testbed.world.assignment import Assignment
from teacup_testbed.world.lexicon import CONTENTS, LOOKS_LIKE
from teacup_testbed.world.templates import Reading

COKE, TEA, MILK = 0, 1, 2
TUMBLER, TEA_CUP, BOTTLE = 0, 1, 2


def verdict(*seen: tuple[int, int, bool]) -> Verdict:
    host, item, garbage = zip(*seen, strict=True)
    return Verdict(torch.tensor(host), torch.tensor(item), torch.tensor(garbage))


def test_a_pairs_images_are_counted_by_how_they_fail() -> None:
    seen = verdict(
        (TEA_CUP, COKE, False),  # right
        (TUMBLER, COKE, False),  # its typical host in the place of the host
        (TUMBLER, NONE, False),  # shows C, but without the content
        (TEA_CUP, NONE, False),  # the host is empty
        (TEA_CUP, MILK, False),
        (TEA_CUP, TEA, False),  # the host's typical content in the place of the content
        (BOTTLE, TEA, False),  # shows C, but without the host
        (TEA_CUP, COKE, True),  # broken: nothing in it counts
    )

    made = tally([about_pair("tuning", COKE, TEA_CUP)], seen, 8)[0]

    assert made == Tally(
        "tuning",
        COKE,
        TEA_CUP,
        images=8,
        right=1,
        content_right=2,
        host_right=4,
        substituted=2,
        by_content=1,
        shows_c=4,
        omitted=1,
        garbage=1,
    )
    assert not made.is_level_5


def test_a_typical_pair_substitutes_nothing() -> None:
    made = tally([about_pair("typical", COKE, TUMBLER)], verdict((TUMBLER, COKE, False)), 1)[0]
    assert (made.right, made.substituted, made.shows_c) == (1, 0, 0)


def test_a_concept_alone_is_right_wherever_it_stands() -> None:
    seen = verdict((TUMBLER, COKE, False), (NONE, COKE, False), (TUMBLER, NONE, False))
    assert tally([about_content(COKE)], seen, 3)[0].right == 2
    seen = verdict((TEA_CUP, NONE, False), (TEA_CUP, MILK, False), (NONE, MILK, False))
    assert tally([about_host(TEA_CUP)], seen, 3)[0].right == 2


def test_contents_of_one_look_are_judged_alike() -> None:
    twin = next(c for c in range(len(CONTENTS)) if LOOKS_LIKE[c] != c)
    seen = verdict((TEA_CUP, LOOKS_LIKE[twin], False))
    assert tally([about_pair("tuning", twin, TEA_CUP)], seen, 1)[0].right == 1


def counts(kind: str, content: int, host: int, **given: int) -> Tally:
    none: dict[str, Any] = dict.fromkeys(COUNTS, 0)
    return Tally(kind, content, host, **{"images": 20, **none, **given})


def gates(pairs: list[Tally]) -> dict[str, Gate]:
    return {gate.name: gate for gate in pair_gates(pairs, Assignment.of(("F1",)))}


def test_concepts_that_cannot_be_drawn_leave_the_set() -> None:
    alone = [
        counts("content", 0, NONE, right=20),
        counts("content", 1, NONE, right=15),
        counts("content", 2, NONE, right=20),
        counts("host", NONE, 0, right=16),
        counts("host", NONE, 1, right=15),
        counts("typical", 0, 0, right=17),
        counts("typical", 2, 2, right=16),
    ]
    assert drawable(alone) == ({0}, {0})


def test_the_gate_of_level_5_counts_pairs_without_a_right_image() -> None:
    pairs = [counts("tuning", c, 11, right=c % 2) for c in range(10)]
    gate = gates(pairs)["Level 5, pairs"]
    assert (gate.successes, gate.trials, gate.is_passed) == (5, 10, True)
    assert str(gate).startswith("pass Level 5, pairs: 5/10 = 50.0% [18.7%, 81.3%]")
    assert not gates(pairs[:1])["Level 5, pairs"].is_passed


def test_broken_images_are_no_failures_that_could_show_c() -> None:
    pairs = [counts("tuning", 0, 3, right=2, garbage=8, shows_c=5)]
    gate = gates(pairs)["C shown, of recognisable failures"]
    assert (gate.successes, gate.trials, gate.is_passed) == (5, 10, True)


def test_two_oracles_are_compared_on_what_both_take_for_pictures() -> None:
    judged = verdict((1, 5, False), (1, 6, False), (2, 5, False), (3, 5, True), (4, 5, False))
    read = Reading(
        content=torch.tensor([5, 5, 5, 5, 5]),
        host=torch.tensor([1, 1, 1, 3, 4]),
        explained=torch.tensor([0.9, 0.8, 0.7, 0.9, 0.2]),
    )

    found = {gate.name: (gate.successes, gate.trials) for gate in compared(judged, read)}

    assert found == {
        "both oracles, host": (2, 3),
        "both oracles, item": (2, 3),
        "both oracles, whole or broken": (3, 5),
    }


def test_concepts_that_were_drawn_before_are_taken_from_their_report(tmp_path: Path) -> None:
    alone = [counts("content", 0, NONE, right=20), counts("host", NONE, 1, right=20)]
    told = {"variant": "base", "at": "1000", "guidance": 5.0, "weights": "w"}
    tallies = [t.to_json() for t in [*alone, counts("tuning", 0, 1)]]
    report, older = tmp_path / "report.json", tmp_path / "older.json"
    report.write_text(json.dumps({**told, "tallies": tallies}))
    del told["weights"]
    older.write_text(json.dumps({**told, "tallies": tallies}))

    for file in (report, older):
        assert known_tallies(file, {**told, "weights": "w"}) == alone
    for other in ({"variant": "hard"}, {"at": "0800"}, {"guidance": 4.0}, {"weights": "v"}):
        with pytest.raises(ValueError, match="of other weights or another guidance"):
            known_tallies(report, {**told, "weights": "w", **other})


def test_a_report_of_gates_holds_the_hash_of_each_file_that_was_measured(
    setup: Setup, generator_file: Path, tmp_path: Path
) -> None:
    here = replace(setup, root=tmp_path, say=lambda _: None)
    files = [generator_file, setup.trained_file("oracle")]
    report_gates(here, "cross", [Gate("host", 9, 10, "reported", True)], *files)
    told = json.loads((tmp_path / "reports" / "cross.json").read_text())
    assert told["weights"] == "+".join(hash_of(file) for file in files)
    assert [gate["name"] for gate in told["gates"]] == ["host"]
