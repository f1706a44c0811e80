"""The repair methods on random weights of the smoke size: what is drawn, counted and kept."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import torch
from teacup_endpoints.drawing import Counts
from teacup_endpoints.methods import method_named

from teacup_testbed.evaluation.tallies import Tally
from teacup_testbed.models.oracle import NONE
from teacup_testbed.repair import compare, pool, probe
from teacup_testbed.repair.arms import ARMS, Choice, Plan
from teacup_testbed.repair.compare import measure_named
from teacup_testbed.repair.measure import asks_of, measure, seeds_of
from teacup_testbed.repair.opened import Opened, open_world
from teacup_testbed.repair.prompts import reworded, swapped
from teacup_testbed.repair.rows import Rows
from teacup_testbed.world.assignment import Assignment
from teacup_testbed.world.captions import WORDS, prompts_of

PAIRS = Assignment.of().evaluation
IMAGES, STEPS = 2, 4
# Forward rows an image at 4 steps; None where a search decides.
EVALS = {
    "control": 8,
    "moce": 8,
    "best_of_k": 16,
    "moce_known": 8,
    "concept_diffusion": 16,
    "rewording": 8,
    "order_swap": 8,
    "attend_and_excite": None,
    "decorrelation": 8,
}


@pytest.fixture(scope="module")
def quick(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exported folder, with few steps."""
    made = Path(shutil.copytree(folder, tmp_path_factory.mktemp("quick") / "folder"))
    text = (made / "moce.toml").read_text()
    (made / "moce.toml").write_text(text.replace("steps = 20", f"steps = {STEPS}"))
    return made


@pytest.fixture(scope="module")
def opened(quick: Path) -> Opened:
    return open_world(quick)


@pytest.mark.parametrize("name", list(ARMS))
def test_an_arms_cost_is_counted_on_the_network(name: str, opened: Opened) -> None:
    given = {"k": 2} if name == "best_of_k" else {}
    given = {"known_step": 1} if name == "moce_known" else given
    row = measure(opened, ARMS[name], Plan(images=IMAGES), given, "evaluation", PAIRS[0])

    assert (row["arm"], row["content"], row["host"]) == (name, *PAIRS[0])
    assert row["images"] == len(row["seen"]) == IMAGES
    assert row["evals"] == EVALS[name] or (EVALS[name] is None and row["evals"] > 8)
    assert (row["backwards"] > 0) == (name == "attend_and_excite")


def test_predictions_that_share_batches_draw_what_they_draw_alone(opened: Opened) -> None:
    arm, plan = ARMS["moce"], Plan(images=4)
    moce = method_named("moce")
    # Searches that go on for different numbers of rounds.
    own = moce.parameters(window=0.9, delta=0.002, tau=9.0)
    asks = [ask for ask, _ in asks_of(opened, arm, plan, PAIRS[0], 5)]

    counts = Counts(opened.loaded)
    alone = [moce.run(opened.loaded, ask, own).latents for ask in asks]
    cost = counts.until_now(opened.loaded)
    counts = Counts(opened.loaded)
    shared = opened.model.together([partial(moce.run, opened.loaded, ask, own) for ask in asks])

    assert counts.until_now(opened.loaded) == cost
    for one, other in zip(alone, shared, strict=True):
        torch.testing.assert_close(other.latents, one, rtol=1e-4, atol=1e-4)


def test_what_fails_in_one_of_several_predictions_is_raised(opened: Opened) -> None:
    def fails() -> None:
        raise ValueError("this one fails")

    ask = asks_of(opened, ARMS["control"], Plan(images=1), PAIRS[0], 5)[0][0]
    plain = method_named("plain")
    run = partial(plain.run, opened.loaded, ask, plain.parameters())
    with pytest.raises(ValueError, match="this one fails"):
        opened.model.together([run, fails, run])
    assert run().latents.shape == (1, 4, 16, 16)


def test_every_arm_draws_from_the_same_seeds(opened: Opened) -> None:
    plan = Plan(images=20)
    first = seeds_of(opened, "evaluation", PAIRS[3], 20)
    for arm in ARMS.values():
        asks = asks_of(opened, arm, plan, PAIRS[3], first)
        assert [len(ask.seeds) for ask, _ in asks] == [4] * 5
        seeds = {seed: place for ask, at in asks for seed, place in zip(ask.seeds, at, strict=True)}
        assert seeds == {first + place: place for place in range(20)}


def test_no_two_pairs_share_a_seed_and_no_set_of_pairs_another(opened: Opened) -> None:
    evaluation, tuning = PAIRS, Assignment.of().tuning
    starts = [seeds_of(opened, "evaluation", pair, 100) for pair in evaluation]
    starts += [
        seeds_of(opened, "tuning", pair, 100, use) for pair in tuning for use in (None, "probe")
    ]
    assert all(later - one >= 100 for one, later in pairwise(sorted(starts)))


def test_moce_draws_first_what_its_familys_order_says() -> None:
    goldfish = (8, 1)
    assert [c.text for c in Choice().concepts(goldfish)] == ["tea cup", "goldfish"]
    swapped_order = Choice(order={"F1": "content"}, naming="phrase")
    assert [c.text for c in swapped_order.concepts(goldfish)] == ["a goldfish", "a tea cup"]


@pytest.mark.parametrize("pair", [(0, 1), (12, 13), (24, 25), (36, 37)])
def test_other_words_are_other_prompts_that_the_world_knows(pair: tuple[int, int]) -> None:
    asked, others, turned = prompts_of(*pair), reworded(*pair), swapped(*pair)
    assert len(set(others)) == len(turned) == len(asked)
    assert set(others).isdisjoint(asked)
    assert all(one != other for one, other in zip(asked, turned, strict=True))
    assert {word for text in (*others, *turned) for word in text.split()} <= set(WORDS)


def report(file: Path, which: str = "evaluation", pairs: Any = PAIRS[:2], **given: Any) -> Path:
    """As `gates` writes it: everything can be drawn alone, the pairs are at Level 5."""

    def tally(kind: str, content: int, host: int, right: int) -> dict[str, Any]:
        return Tally(kind, content, host, 20, right, 0, 0, 0, 0, 0, 0, 0).to_json()

    alone = [tally("content", c, NONE, 20) for c in range(48)]
    alone += [tally("host", NONE, h, given.get("hosts", 20)) for h in range(48)]
    alone += [tally("typical", c, c, 20) for c in range(48)]
    failing = [tally(which, c, h, given.get("right", 0)) for c, h in pairs]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"which": which, "tallies": [*alone, *failing]}))
    return file


def run(quick: Path, tmp_path: Path, *more: str) -> list[str]:
    """What is said, of a comparison on two evaluation pairs."""
    said: list[str] = []
    told = report(tmp_path / "evaluation.json")
    given = ["--report", str(told), "--to", str(tmp_path / "to"), "--images", str(IMAGES), *more]
    compare.compare(compare._parser().parse_args([str(quick), *given]), said.append)
    return said


def test_a_run_that_was_killed_goes_on_and_ends_with_the_same(quick: Path, tmp_path: Path) -> None:
    run(quick, tmp_path, "--methods", "control,moce,best_of_k")
    file = tmp_path / "to" / "rows.jsonl"
    whole, lines = Rows(file).all, file.read_text().splitlines(keepends=True)
    assert [row["arm"] for row in whole] == ["control"] * 2 + ["moce"] * 2 + ["best_of_k"] * 2
    assert whole[-1]["evals"] >= whole[2]["evals"]

    file.write_text("".join(lines[:3]) + lines[3][:40])
    said = run(quick, tmp_path, "--methods", "control,moce,best_of_k")

    assert len(said) == 4  # the pairs, and the three rows that were lost
    again = Rows(file).all
    assert [row["seen"] for row in again] == [row["seen"] for row in whole]
    assert [row["evals"] for row in again] == [row["evals"] for row in whole]


def test_a_worker_measures_what_this_process_does(quick: Path, opened: Opened) -> None:
    pool.open_here(quick)
    jobs = [("control", Plan(images=1), {}, "evaluation", pair) for pair in PAIRS[:3]]
    with ThreadPoolExecutor(1) as worker:
        made = {row["content"]: row["seen"] for row in pool.shared_out(worker, measure_named, jobs)}
    assert made == {job[-1][0]: measure_named(opened, *job)["seen"] for job in jobs}


def test_rows_that_were_measured_otherwise_are_not_gone_on_from(
    quick: Path, tmp_path: Path
) -> None:
    run(quick, tmp_path, "--methods", "control")
    with pytest.raises(ValueError, match="has rows of control with images 2, and this run has 1"):
        run(quick, tmp_path, "--methods", "control", "--images", "1")


def test_equal_cost_needs_the_costs(quick: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="measure control and moce first"):
        run(quick, tmp_path, "--methods", "best_of_k")


def test_equal_cost_is_at_least_the_searchs_cost() -> None:
    rows = Rows()
    for arm, evals in (("control", 40.0), ("moce", 80.0), ("control", 40.0), ("moce", 81.0)):
        rows.add({"arm": arm, "content": len(rows.all) // 2, "host": 1, "evals": evals})
    assert ARMS["best_of_k"].parameters_of(Plan(), rows) == {"k": 3}
    exactly = Rows()
    for arm, evals in (("control", 40.0), ("moce", 80.0)):
        exactly.add({"arm": arm, "content": 0, "host": 1, "evals": evals})
    assert ARMS["best_of_k"].parameters_of(Plan(), exactly) == {"k": 2}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--methods", "moce,magic"], "there is no 'magic'; there are control"),
        (["--params", "{"], "--params is no JSON"),
        (["--params", '{"moce": 3}'], "an object of objects"),
        (["--params", '{"control": {"k": 3}}', "--methods", "control"], "not known here"),
        (["--images", "101", "--methods", "control"], "at most 100 have seeds of their own"),
    ],
)
def test_a_wrong_request_is_refused(
    more: list[str], sentence: str, quick: Path, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=sentence):
        run(quick, tmp_path, *more)
    assert not (tmp_path / "to").exists()


def test_pairs_whose_concepts_cannot_be_drawn_are_not_measured(tmp_path: Path) -> None:
    file, assignment = tmp_path / "report.json", Assignment.of()
    with pytest.raises(ValueError, match="no pair at Level 5 whose concepts can be drawn"):
        compare.frozen_pairs(report(file, hosts=3), assignment)
    with pytest.raises(ValueError, match="no pair at Level 5 whose concepts can be drawn"):
        compare.frozen_pairs(report(file, right=1), assignment)
    with pytest.raises(ValueError, match="is of another world"):
        compare.frozen_pairs(report(file, pairs=[(0, 0)]), assignment)
    file.write_text("[]")
    with pytest.raises(ValueError, match="is no report of `teacup-testbed gates`"):
        compare.frozen_pairs(file, assignment)


def test_the_first_pairs_are_of_every_family_and_rung(tmp_path: Path) -> None:
    assignment = Assignment.of(("F1", "F2"))
    file = report(tmp_path / "report.json", pairs=assignment.evaluation)
    which, pairs = compare.frozen_pairs(file, assignment)
    assert which == "evaluation"
    assert sorted(pairs) == sorted(assignment.evaluation)
    assert {(c // 12, assignment.rung[c]) for c, _ in pairs[:8]} == {
        (family, rung) for family in (0, 1) for rung in range(4)
    }


def test_a_folder_without_a_judge_is_refused(quick: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(quick, tmp_path / "copy"))
    (copy / "oracle" / "model.safetensors").unlink()
    with pytest.raises(ValueError, match=r"model.safetensors is not there: write the folder by"):
        open_world(copy)


def probed(quick: Path, tmp_path: Path, which: str, *more: str) -> dict[str, Any]:
    pairs = getattr(Assignment.of(), which)[:1]
    told = report(tmp_path / f"{which}.json", which, pairs)
    given = [str(quick), "--report", str(told), "--to", str(tmp_path / "probe"), "--images", "1"]
    steps = ["--host-steps", "0-4", "--content-steps", "2"]
    return probe.probe(probe._parser().parse_args([*given, *steps, *more]), lambda _: None)


def test_nothing_is_chosen_on_evaluation_pairs(quick: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nothing is chosen on evaluation pairs"):
        probed(quick, tmp_path, "tuning", "--which", "evaluation")
    with pytest.raises(ValueError, match="is of the evaluation pairs, and nothing is chosen"):
        probed(quick, tmp_path, "evaluation")
    assert not (tmp_path / "probe").exists()


def test_a_curve_has_the_switch_at_every_step(opened: Opened) -> None:
    pair = Assignment.of().tuning[0]
    row = probe.curve(opened, pair, "content", (0, 1, STEPS), 2, "name")
    assert [point["k"] for point in row["points"]] == [0, 1, STEPS]
    assert all(len(p["seen"]) == len(p["scores"]) == 2 for p in row["points"])
    # At the end nothing of the whole prompt is left, at the start nothing else.
    assert row["points"][0]["scores"] != row["points"][2]["scores"]
