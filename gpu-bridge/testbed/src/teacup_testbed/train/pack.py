"""What of a training is worth keeping: the files that were chosen, and one archive of the rest."""

from __future__ import annotations

import json
import shutil
import tarfile
from pathlib import Path
from typing import Any

# A host that takes files back may limit their number and their size.
MOST_GENERATORS = 4
_STAGES = ("vae", "oracle", "dual", "captioner", "text")
_SMALL = 16 * 2**20


def pack(out: Path, folder: Path) -> list[str]:
    """Writes the folder anew; says what was chosen, best first."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    reports = reports_of(out)
    measured = {report["variant"] for report in reports}
    ends = [
        {"variant": file.parent.name, "at": "1000"}
        for file in sorted(out.glob("*/weights.safetensors"))
        if file.parent.name not in {*_STAGES, *measured}
    ]
    chosen = [*ends, *choose(reports)]
    for report in chosen[:MOST_GENERATORS]:
        name = f"{report['variant']}-{report['at']}.safetensors"
        shutil.copyfile(weights_of(out, report), folder / name)
    _archive(out, folder / "rest.tar.gz")
    return [
        *(f"kept {r['variant']}-{r['at']}: {_why(r)}" for r in chosen[:MOST_GENERATORS]),
        *(f"{f.name}: {f.stat().st_size / 2**20:.1f} MiB" for f in sorted(folder.iterdir())),
    ]


def choose(reports: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Best first. The best of each variant comes before any second best: variants differ in more
    than luck, and a second look may be needed at each."""
    ranked = sorted(reports, key=lambda report: (-score(report), report["variant"], report["at"]))
    firsts = {report["variant"]: report for report in reversed(ranked)}
    best = [report for report in ranked if firsts[report["variant"]] is report]
    return best + [report for report in ranked if firsts[report["variant"]] is not report]


def score(report: dict[str, Any]) -> float:
    """Higher is better: half of the pairs at Level 5 for the typical host's sake, of a generator
    that can draw what it is asked for, and whose failures a switch repairs."""
    kept, able = report["kept_pairs"], report["capability"]
    if not kept["questions"]:
        return -10.0
    drawn = kept["questions"] / report["all_pairs"]["questions"]
    level_5 = abs(kept["level_5"] - 0.5)
    still = [s["level_5"] for k, s in report["switches"].items() if k != "0"]
    repaired = 1 - min(still) if still else 0.0
    return (
        drawn
        + min(able["typical"]["right"], 0.9)
        - 2 * max(0.0, level_5 - 0.1)
        + min(kept["c_of_failures"], 0.5)
        - kept["garbage"]
        + 0.5 * repaired
    )


def _why(report: dict[str, Any]) -> str:
    if "kept_pairs" not in report:
        return "the end of its training, not measured yet"
    return f"score {score(report):.2f}"


def weights_of(out: Path, report: dict[str, Any]) -> Path:
    folder = out / report["variant"]
    if report["at"] == "1000":
        return folder / "weights.safetensors"
    return folder / "snapshots" / f"{report['at']}.safetensors"


def reports_of(out: Path) -> list[dict[str, Any]]:
    read = [json.loads(f.read_text(encoding="utf-8")) for f in sorted(out.glob("reports/*.json"))]
    # What was measured on evaluation pairs chooses nothing.
    return [report for report in read if isinstance(report, dict) and report["which"] == "tuning"]


def _archive(out: Path, file: Path) -> None:
    """Small networks, reports and logs, as they lie; the largest last, and only while they fit."""
    files = [out / stage / "weights.safetensors" for stage in _STAGES]
    files += [*out.glob("logs/*.log"), *out.glob("reports/*")]
    room = _SMALL - 2**20
    with tarfile.open(file, "w:gz") as archive:
        for one in sorted((f for f in files if f.exists()), key=lambda f: f.stat().st_size):
            room -= one.stat().st_size
            if room > 0:
                archive.add(one, one.relative_to(out))
