"""Reports become tables, and tables stand in a document."""

import json
from pathlib import Path
from typing import Any

import pytest
from teacup_endpoints.weights import hash_of

from teacup_testbed.evaluation.statistics import cluster_bootstrap
from teacup_testbed.repair.arms import Plan
from teacup_testbed.repair.results import filled, main, tables_of
from teacup_testbed.repair.rows import Rows
from teacup_testbed.repair.summary import report_of
from teacup_testbed.repair.tables import gates_table, methods_tables, table

PACKAGE = Path(__file__).parents[1]
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


def test_a_gate_that_is_only_reported_is_not_said_to_have_passed() -> None:
    gate = {"name": "host", "successes": 9, "trials": 10, "is_passed": True, "by": {}, "note": ""}
    asked = gates_table([gate | {"asked": "reported"}, gate | {"asked": "at least 80%"}])
    assert [row.split(" | ")[3].strip() for row in asked.splitlines()[2:]] == ["", "pass"]


def test_gates_say_which_weights_they_measured_where_the_report_tells_it() -> None:
    gate = {"name": "host", "successes": 9, "trials": 10, "asked": "", "is_passed": True}
    gates = [{**gate, "by": {}, "note": ""}]
    older = gates_table({"gates": gates})
    assert gates_table(gates) == older
    assert gates_table({"weights": "ab+cd", "gates": gates}) == (
        f"{older}\n\nWeights that were measured: `ab+cd`."
    )


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


def test_each_generator_has_tables_of_its_own(report: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "methods.json").write_text(json.dumps(report))
    (tmp_path / "frozen-methods.json").write_text(json.dumps(report | {"tests": []}))
    tables = tables_of(tmp_path)
    assert tables["frozen-methods"] == tables["methods"]
    assert tables["frozen-tests"] != tables["tests"]


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
    reports = str(PACKAGE / "results")
    assert main([str(PACKAGE / "RESULTS.md"), "--reports", reports, "--check"]) == 0


def test_the_committed_reports_are_of_the_weights_that_are_committed() -> None:
    about = json.loads((PACKAGE / "tiny-world" / "about.json").read_text())

    def hash_of_part(part: str) -> str:
        weights = {
            name.removeprefix(f"{part}/"): told
            for name, told in about["files"].items()
            if name.startswith(f"{part}/") and name.endswith(".safetensors")
        }
        return hash_of(weights, "float32")

    probed, compared = (
        json.loads((PACKAGE / "results" / f"{name}.json").read_text())
        for name in ("moce", "methods")
    )
    own = f"{hash_of_part('generator')}+{hash_of_part('dual')}"
    assert (probed["weights"], compared["weights"]) == (own, own)
    assert {name: probed[name] for name in about["moce"]} == about["moce"]
    assert compared["choice"].items() <= probed.items()


def test_weights_that_were_tried_stand_beside_the_kept_ones(tmp_path: Path) -> None:
    by = {"eps 0": "70%", "eps 0.3": "20%"}
    usual = {"successes": 15, "trials": 40, "share": 0.375, "asked": "", "is_passed": True}
    usual |= {"by": by, "note": "-0.152 a rung, one-sided p = 0.0331"}
    names = ("Level 5, pairs", "Level 5 by rung", "C shown, of recognisable failures")
    gates = [{**usual, "name": name} for name in names]
    report = {"gates": gates, "all_pairs": {"right": 0.27}}
    shares = {"flipped": 0.5, "omitted": 0.1}
    points = [{"k": k, "right": right, **shares} for k, right in ((0, 0.0), (4, 0.38), (5, 0.48))]
    probed = {"curves": [{"family": "F2", "order": "host", "points": points}]}
    for name, told in (
        ("tried-1-more-guests-gates-tuning", report),
        ("gates-tuning", report),
        ("moce", {"curves": [{**probed["curves"][0], "points": points[:2]}]}),
    ):
        (tmp_path / f"{name}.json").write_text(json.dumps(told))
    (tmp_path / "tried-1-more-guests-moce.json").write_text(json.dumps(probed))

    _, _, tried, kept = tables_of(tmp_path)["tried"].splitlines()

    assert tried.startswith("| more guests | 15/40 = 37.5%")
    assert "70 / 20 %, p = 0.0331" in tried and "48% from 0%, k = 5" in tried
    assert "not probed" in tried
    assert kept.startswith("| **kept**") and "38% from 0%, k = 4" in kept
