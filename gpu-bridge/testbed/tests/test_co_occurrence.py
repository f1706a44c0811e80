"""What the biased world shows together, in numbers."""

import json
from pathlib import Path

import pytest

from teacup_testbed.world.assignment import Assignment
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


def test_an_unknown_family_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--families", "F9"])
    assert "no family 'F9'" in capsys.readouterr().err


def test_the_file_is_what_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--to", str(tmp_path / "counts.json")]) == 0
    assert main([]) == 0
    assert json.loads((tmp_path / "counts.json").read_text()) == json.loads(capsys.readouterr().out)
