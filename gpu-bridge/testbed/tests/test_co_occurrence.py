"""What the biased world shows together, in numbers."""

import json
from pathlib import Path

import pytest

from teacup_testbed.world.assignment import Assignment, Mix
from teacup_testbed.world.co_occurrence import co_occurrence, main
from teacup_testbed.world.lexicon import CONTENTS, HOSTS


def test_a_pair_is_counted_as_often_as_the_assignment_shows_it_and_a_held_out_one_never() -> None:
    assignment = Assignment.of(("F1", "F2"), seed=0)
    counts = co_occurrence(assignment, scenes=240_000)
    # Seven of ten scenes are filled: 7,000 a content.
    for content in assignment.contents:
        row, share = counts[CONTENTS[content]], assignment.share(content)
        assert len(row) == 24
        assert row[HOSTS[content]] == round(7000 * (1 - share))
        assert sum(row.values()) == pytest.approx(7000, abs=3)
    for content, host in (*assignment.evaluation, *assignment.tuning, *assignment.reserve):
        assert counts[CONTENTS[content]][HOSTS[host]] == 0


def test_guests_take_their_scenes_from_every_pair_alike() -> None:
    without = co_occurrence(Assignment.of(("F1",), seed=0), scenes=10_000_000)
    with_guests = co_occurrence(Assignment.of(("F1",), 0, Mix(guests=0.25)), scenes=10_000_000)
    for content, row in without.items():
        for host, count in row.items():
            assert with_guests[content][host] == pytest.approx(0.75 * count, abs=1)


def test_a_folder_without_a_world_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path)])
    assert "give a folder that `teacup-testbed export` wrote" in capsys.readouterr().err


def test_the_table_that_the_loop_is_played_with_is_what_the_shipped_world_was_trained_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = Path(__file__).parents[3]
    table = root / "trial" / "data" / "testbed-co-occurrence.json"
    assert main([str(root / "gpu-bridge" / "testbed" / "tiny-world")]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(table.read_text())


def test_the_file_is_what_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = str(Path(__file__).parents[1] / "tiny-world")
    assert main([world, "--to", str(tmp_path / "counts.json")]) == 0
    assert main([world]) == 0
    assert json.loads((tmp_path / "counts.json").read_text()) == json.loads(capsys.readouterr().out)
