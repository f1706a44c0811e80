"""Reports become tables, and tables stand in a document."""

import json
from pathlib import Path
from typing import Any

import pytest

from teacup_testbed.evaluation.statistics import cluster_bootstrap
from teacup_testbed.repair.arms import Plan
from teacup_testbed.repair.results import filled, main, tables_of
from teacup_testbed.repair.rows import Rows
from teacup_testbed.repair.summary import report_of
from teacup_testbed.repair.tables import methods_tables, table

PAIRS = [(content, 11) for content in range(10)]


def rows_of(arm: str, right: list[int], evals: float) -> list[dict[str, Any]]:
    usual = {"images": 20, "substituted": 4, "omitted": 1, "garbage": 2, "backwards": 0.0}
    usual |= {"seconds": 0.1, "refused": 0, "parameters": {}, "weights": "w", "seen": []}
    return [
        {"arm": arm, "content": c, "host": h, "right": n, "rung": c % 4, "evals": evals, **usual}
        for (c, h), n in zip(PAIRS, right, strict=True)
    ]


@pytest.fixture
def report() -> dict[str, Any]:
    rows = Rows()
    for row in [
        *rows_of("control", [0] * 9 + [1], 40),
        *rows_of("moce", [5] * 9 + [0], 90),
        *rows_of("best_of_k", [0] * 5 + [1] * 5, 120),
    ]:
        rows.add(row)
    return report_of(rows, PAIRS, "evaluation", Plan())


def test_a_pair_is_still_at_level_5_without_a_right_image(report: dict[str, Any]) -> None:
    moce = report["arms"]["moce"]
    # R: binom.test(1, 10)$conf.int
    assert moce["level_5"] == {
        "count": 1,
        "share": 0.1,
        "low": pytest.approx(0.00253, abs=1e-5),
        "high": pytest.approx(0.44502, abs=1e-5),
    }
    assert moce["right"]["share"] == 45 / 200
    assert moce["families"]["F1"]["pairs"] == 10
    assert {rung: part["pairs"] for rung, part in moce["rungs"].items()} == {
        "0": 3,
        "1": 3,
        "2": 2,
        "3": 2,
    }


def test_moce_is_tested_against_fresh_seeds_and_best_of_k(report: dict[str, Any]) -> None:
    tests = {(test["first"], test["second"]): test for test in report["tests"]}
    assert tests.keys() == {
        ("moce", "control"),
        ("best_of_k", "control"),
        ("moce", "best_of_k"),
    }
    against = tests["moce", "control"]
    # R: binom.test(1, 10)$p.value
    assert (against["only_first"], against["only_second"]) == (9, 1)
    assert against["p"] == pytest.approx(0.021484375)


def test_a_target_that_was_missed_is_said_to_be(report: dict[str, Any]) -> None:
    reached = {one["name"]: one["is_reached"] for one in report["targets"]}
    assert reached == {
        "MoCE: at most 50% still at Level 5": True,
        "MoCE repairs more than fresh seeds do, p < 0.01": False,
        "MoCE repairs more than best of k at its cost, p < 0.01": False,
    }
    assert methods_tables(report)["targets"].count("**missed**") == 2


def test_arms_are_compared_on_the_pairs_that_both_have() -> None:
    rows = Rows()
    for row in [*rows_of("control", [0] * 10, 40), *rows_of("moce", [5] * 10, 90)[:4]]:
        rows.add(row)
    report = report_of(rows, PAIRS, "evaluation", Plan())
    assert report["tests"][0]["pairs"] == 4
    assert "4/10" not in methods_tables(report)["methods"]
    assert "0/4 = 0% [0%, 60%]" in methods_tables(report)["methods"]


def test_images_of_one_pair_are_no_ten_witnesses() -> None:
    low, high = cluster_bootstrap([20, 0] * 5, [20] * 10)
    assert low < 0.25
    assert high > 0.75
    assert cluster_bootstrap([10] * 10, [20] * 10) == (0.5, 0.5)
    assert cluster_bootstrap([], []) == (0.0, 1.0)


def test_a_tables_cells_stand_below_one_another() -> None:
    assert table(["a", "long head"], [["first", "1"]]) == (
        "| a     | long head |\n| ----- | --------- |\n| first | 1         |"
    )


def test_a_documents_tables_are_written_and_its_text_is_kept(
    report: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "methods.json").write_text(json.dumps(report))
    document = tmp_path / "RESULTS.md"
    document.write_text("Before.\n\n<!-- table: tests -->\nold\n<!-- end -->\n\nBehind.\n")
    asked = [str(document), "--reports", str(tmp_path)]

    assert main([*asked, "--check"]) == 1
    assert main(asked) == 0
    assert main([*asked, "--check"]) == 0

    text = document.read_text()
    assert text.startswith("Before.\n\n<!-- table: tests -->\n\n| repairs")
    assert text.endswith("<!-- end -->\n\nBehind.\n")
    assert "old" not in text


def test_a_table_without_its_report_is_refused(tmp_path: Path) -> None:
    text = "<!-- table: probe -->\n<!-- end -->"
    with pytest.raises(ValueError, match="no report for the table 'probe': there are none"):
        filled(text, tables_of(tmp_path))


def test_the_committed_results_are_as_their_reports_tell_them() -> None:
    folder = Path(__file__).parents[1]
    assert main([str(folder / "RESULTS.md"), "--reports", str(folder / "results"), "--check"]) == 0
