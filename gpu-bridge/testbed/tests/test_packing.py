"""What of a training is kept."""

import tarfile
from pathlib import Path
from typing import Any

from teacup_testbed.evaluation.report import write_json
from teacup_testbed.train.pack import choose, pack, score
from teacup_testbed.train.plan import VARIANTS, jobs


def report(variant: str, at: str, **kept: float) -> dict[str, Any]:
    usual = {"questions": 70, "level_5": 0.5, "c_of_failures": 0.7, "garbage": 0.05}
    return {
        "variant": variant,
        "which": "tuning",
        "at": at,
        "kept_pairs": {**usual, **kept},
        "all_pairs": {"questions": 80},
        "capability": {"typical": {"right": 0.95}},
        "switches": {"0": {"level_5": 0.9}, "4": {"level_5": 0.4}},
    }


def test_half_at_level_5_for_the_typical_hosts_sake_is_best() -> None:
    good = report("base", "0650")
    worse = [
        report("base", "0200", level_5=0.95),
        report("base", "1000", level_5=0.05),
        report("base", "0500", c_of_failures=0.2),
        report("base", "0800", garbage=0.4),
        report("base", "0350", questions=20),
    ]
    assert all(score(good) > score(other) for other in worse)
    assert score(report("base", "0200", questions=0)) < min(score(other) for other in worse)


def test_each_variants_best_comes_before_any_second_best() -> None:
    reports = [
        report("base", "1000"),
        report("base", "0800", level_5=0.62),
        report("hard", "1000", level_5=0.8),
    ]
    named = [f"{r['variant']}-{r['at']}" for r in choose(reports)]
    assert named == ["base-1000", "hard-1000", "base-0800"]


def test_weights_that_were_not_measured_are_kept_too(tmp_path: Path) -> None:
    out, folder = tmp_path / "out", tmp_path / "pack"
    for name in ("vae", "oracle", "base", "hard"):
        (out / name).mkdir(parents=True)
        (out / name / "weights.safetensors").write_bytes(name.encode())
    (out / "logs").mkdir()
    (out / "logs" / "base.log").write_text("said")
    write_json(out / "reports" / "base-1000.json", report("base", "1000"))
    # Of the same weights, on the pairs that choose nothing.
    asked = {**report("base", "0500"), "which": "evaluation"}
    write_json(out / "reports" / "base-0500-evaluation.json", asked)

    pack(out, folder)

    assert sorted(f.name for f in folder.iterdir()) == [
        "base-1000.safetensors",
        "hard-1000.safetensors",
        "rest.tar.gz",
    ]
    assert (folder / "hard-1000.safetensors").read_bytes() == b"hard"
    with tarfile.open(folder / "rest.tar.gz") as archive:
        assert sorted(archive.getnames()) == [
            "logs/base.log",
            "oracle/weights.safetensors",
            "reports/base-0500-evaluation.json",
            "reports/base-1000.json",
            "vae/weights.safetensors",
        ]


def test_every_stage_of_the_plan_ends_before_what_needs_it() -> None:
    plan = {job.name: job for job in jobs(VARIANTS)}
    for variant in VARIANTS:
        assert plan["vae"].ends < plan[variant.name].ends < plan[f"gates-{variant.name}"].ends
    assert plan["text"].ends < plan["frozen"].ends
    assert all(job.ends < 1 for job in plan.values())


def test_what_the_package_has_already_is_not_trained() -> None:
    every, fewer = (jobs(VARIANTS, given) for given in (set(), {"vae", "oracle"}))
    assert {job.name for job in every} - {job.name for job in fewer} == {"vae", "oracle"}
