"""All that is measured of one training: which snapshot of which variant is worth keeping.

Chosen on tuning pairs. Evaluation pairs are asked once, of what was chosen, and by another command.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..diffusion.sampler import Sampling
from ..hashes import hash_of
from ..models.oracle import Oracle
from ..train.checkpoint import write_sheet
from ..train.setup import Setup
from ..world.captions import alone_host, prompts_of
from ..world.lexicon import FAMILIES, family_of
from ..world.sheet import tiled
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
    measured = {"variant": setup.name, "at": name_of(file), "guidance": guidance}
    measured["weights"] = weights_hash(*generator_files(setup, file))
    if known is None:
        alone = capability(generator, oracle, assignment, max(4, images // 2), sampling)
    else:
        alone = known_tallies(known, measured)
    pairs = held_out(generator, oracle, assignment, which, images, sampling)
    kept = _drawable(pairs, alone)
    gates = [*capability_gates(alone), *pair_gates(kept, assignment)]
    level_5 = [t for t in kept if t.is_level_5]
    by_switch = switches(generator, oracle, level_5, images, guidance) if with_switches else {}
    return {
        **measured,
        "which": which,
        "gates": [gate.to_json() for gate in gates],
        **_summaries(alone, pairs, kept),
        "switches": {str(k): summary(tallies) for k, tallies in by_switch.items()},
        "tallies": [t.to_json() for t in [*alone, *pairs]],
        "lines": [str(gate) for gate in gates],
    }


def weights_hash(*files: Path) -> str:
    """Of weights as they were trained: what an export makes of them has hashes of its own."""
    return "+".join(hash_of(file) for file in files)


def generator_files(setup: Setup, file: Path) -> list[Path]:
    """A frozen text encoder is not in the generator's file."""
    return [file, *([setup.trained_file("text")] if setup.is_text_frozen else [])]


def _drawable(pairs: Sequence[Tally], alone: Sequence[Tally]) -> list[Tally]:
    contents, hosts = drawable(alone)
    return [t for t in pairs if t.content in contents and t.host in hosts]


def known_tallies(report: Path, measured: dict[str, Any]) -> list[Tally]:
    """The same seeds would give the same pictures. Older reports tell no hash of their weights."""
    read = json.loads(report.read_text(encoding="utf-8"))
    told = {"weights": measured["weights"], **read}
    if any(told[name] != value for name, value in measured.items()):
        raise ValueError(f"{report} is of other weights or another guidance: leave --known out.")
    tallies = [Tally(**one) for one in read["tallies"]]
    return [tally for tally in tallies if tally.kind in ("content", "host", "typical")]


def _summaries(
    alone: Sequence[Tally], pairs: Sequence[Tally], kept: Sequence[Tally]
) -> dict[str, Any]:
    families = sorted({family_of(t.content).id for t in pairs})
    return {
        "all_pairs": summary(pairs),
        "kept_pairs": summary(kept),
        "capability": {
            kind: summary([t for t in alone if t.kind == kind])
            for kind in ("content", "host", "typical")
        },
        "families": {
            family: summary([t for t in pairs if family_of(t.content).id == family])
            for family in families
        },
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
    gates = judge_gates(setup, load_oracle(setup))
    return report_gates(setup, "judge", gates, setup.trained_file("oracle"))


def report_gates(setup: Setup, name: str, gates: list[Gate], *measured: Path) -> list[Gate]:
    """Said, and kept as a report of that name, of the files of weights that were measured."""
    for gate in gates:
        setup.say(str(gate))
    told = {"weights": weights_hash(*measured), "gates": [gate.to_json() for gate in gates]}
    write_json(setup.root / "reports" / f"{name}.json", told)
    return gates


def write_json(file: Path, content: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}")
    unfinished.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(file)


def picture_sheet(setup: Setup, file: Path, out: Path) -> None:
    """Ten tuning pairs of each family, a row each: four of its images, then four of the host."""
    assignment = setup.assignment()
    by_family = [
        [pair for pair in assignment.tuning if family_of(pair[0]) is FAMILIES[number]]
        for number in assignment.families
    ]
    pairs = [pair for part in by_family for pair in part[:: max(1, len(part) // 10)][:10]]
    prompts = [text for c, h in pairs for text in (*prompts_of(c, h)[:4], *[alone_host(h)] * 4)]
    pictures = load_generator(setup, file).draw(prompts, list(range(len(prompts))))
    write_sheet(out, tiled(pictures.cpu(), 16))
