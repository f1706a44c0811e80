"""All that is measured of one training: which snapshot of which variant is worth keeping.

Chosen on tuning pairs. Evaluation pairs are asked once, of what was chosen, and by another command.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..diffusion.sampler import Sampling
from ..models.oracle import Oracle
from ..train.checkpoint import write_sheet
from ..train.setup import Setup
from ..world.assignment import Assignment
from .evaluate import capability, held_out, load_oracle, summary, switches
from .gates import Gate, capability_gates, drawable, pair_gates
from .generator import load_generator
from .judge_gates import judge_gates
from .tallies import Tally

GUIDANCE = 5.0


def weights_files(folder: Path) -> list[Path]:
    """A variant's snapshots, earliest first, and its end."""
    files = sorted((folder / "snapshots").glob("*.safetensors"))
    end = folder / "weights.safetensors"
    return [*files, *([end] if end.exists() else [])]


def name_of(file: Path) -> str:
    """The place in the training, in thousandths: "0350", the end being "1000"."""
    return "1000" if file.name == "weights.safetensors" else file.stem


def examine(
    setup: Setup,
    file: Path,
    oracle: Oracle,
    images: int = 20,
    which: str = "tuning",
    guidance: float = GUIDANCE,
    with_switches: bool = True,
    known: Path | None = None,
) -> dict[str, Any]:
    """One file of weights: gates, counts, and what switching from the host would repair. `known`:
    an earlier report of it, whose concepts and typical pairs are not drawn again."""
    assignment = setup.assignment()
    generator = load_generator(setup, file)
    sampling = Sampling(guidance=guidance)
    if known is None:
        alone = capability(generator, oracle, assignment, max(4, images // 2), sampling)
    else:
        alone = known_tallies(known, setup.name, name_of(file), guidance)
    pairs = held_out(generator, oracle, assignment, which, images, sampling)
    contents, hosts = drawable(alone)
    kept = [t for t in pairs if t.content in contents and t.host in hosts]
    gates = [*capability_gates(alone), *pair_gates(kept, assignment)]
    level_5 = [t for t in kept if t.is_level_5]
    by_switch = switches(generator, oracle, level_5, images, guidance) if with_switches else {}
    return {
        "variant": setup.name,
        "at": name_of(file),
        "which": which,
        "guidance": guidance,
        "gates": [gate.to_json() for gate in gates],
        "all_pairs": summary(pairs),
        "kept_pairs": summary(kept),
        "capability": {
            kind: summary([t for t in alone if t.kind == kind])
            for kind in ("content", "host", "typical")
        },
        "families": _families(pairs, assignment),
        "switches": {str(k): summary(tallies) for k, tallies in by_switch.items()},
        "tallies": [t.to_json() for t in [*alone, *pairs]],
        "lines": [str(gate) for gate in gates],
    }


def known_tallies(report: Path, variant: str, at: str, guidance: float) -> list[Tally]:
    """The same seeds would give the same pictures."""
    read = json.loads(report.read_text(encoding="utf-8"))
    if (read["variant"], read["at"], read["guidance"]) != (variant, at, guidance):
        raise ValueError(f"{report} is of other weights or another guidance: leave --known out.")
    tallies = [Tally(**one) for one in read["tallies"]]
    return [tally for tally in tallies if tally.kind in ("content", "host", "typical")]


def _families(pairs: Sequence[Tally], assignment: Assignment) -> dict[str, Any]:
    numbers = sorted({t.content // 12 for t in pairs})
    return {
        f"F{number + 1}": summary([t for t in pairs if t.content // 12 == number])
        for number in numbers
    }


def line_of(report: dict[str, Any]) -> str:
    """One row of the table that the choice is made from."""
    kept, able = report["kept_pairs"], report["capability"]
    best = min(report["switches"].items(), key=lambda kv: kv[1]["level_5"], default=None)
    told = [
        f"{report['variant']:8} {report['at']}",
        f"A {able['content']['right']:4.0%} B {able['host']['right']:4.0%}",
        f"typical {able['typical']['right']:4.0%}",
        f"kept {kept['questions']:2}",
    ]
    if kept["questions"]:
        told.append(
            f"L5 {kept['level_5']:4.0%} right {kept['right']:4.0%} C {kept['substituted']:4.0%} "
            f"empty {kept['omitted']:4.0%} garbage {kept['garbage']:4.0%} "
            f"C of failures {kept['c_of_failures']:4.0%}"
        )
    if best:
        still, control = best[1]["level_5"], report["switches"]["0"]["level_5"]
        told.append(f"still L5: control {control:.0%}, switch at {best[0]} {still:.0%}")
    return "; ".join(told)


def examine_variant(setup: Setup, images: int = 20) -> list[dict[str, Any]]:
    """All files of weights of one variant; a report beside each as soon as it is made."""
    oracle = load_oracle(setup)
    reports = []
    for file in reversed(weights_files(setup.root / setup.name)):
        report = examine(setup, file, oracle, images)
        write_json(setup.root / "reports" / f"{setup.name}-{report['at']}.json", report)
        setup.say(line_of(report))
        reports.append(report)
    return reports


def examine_judge(setup: Setup) -> list[Gate]:
    return report_gates(setup, "judge", judge_gates(setup, load_oracle(setup)))


def report_gates(setup: Setup, name: str, gates: list[Gate]) -> list[Gate]:
    """Said, and kept as a report of that name."""
    for gate in gates:
        setup.say(str(gate))
    write_json(setup.root / "reports" / f"{name}.json", [gate.to_json() for gate in gates])
    return gates


def write_json(file: Path, content: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}")
    unfinished.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(file)


def picture_sheet(setup: Setup, file: Path, out: Path) -> None:
    """Ten tuning pairs of each family, a row each: four of its images, then four of the host."""
    from ..world.captions import alone_host, prompts_of
    from ..world.sheet import tiled

    assignment = setup.assignment()
    by_family = [[p for p in assignment.tuning if p[0] // 12 == n] for n in assignment.families]
    pairs = [pair for part in by_family for pair in part[:: max(1, len(part) // 10)][:10]]
    prompts = [text for c, h in pairs for text in (*prompts_of(c, h)[:4], *[alone_host(h)] * 4)]
    pictures = load_generator(setup, file).draw(prompts, list(range(len(prompts))))
    write_sheet(out, tiled(pictures.cpu(), 16))
