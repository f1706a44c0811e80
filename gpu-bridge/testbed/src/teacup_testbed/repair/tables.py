"""Reports as Markdown: every figure of a document comes from here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..evaluation.statistics import clopper_pearson
from .arms import ARMS
from .summary import SHARES

Json = dict[str, Any]


def methods_tables(report: Json) -> dict[str, str]:
    """By name: of the report that `teacup-testbed methods` writes."""
    return {
        "methods": methods_table(report),
        "tests": tests_table(report),
        "targets": targets_table(report),
        "families": parts_table(report, "families", "family"),
        "rungs": parts_table(report, "rungs", "rung"),
    }


def methods_table(report: Json) -> str:
    head = ["arm", "pairs", "still Level 5", "right", "substituted", "omitted", "garbage"]
    head += ["evals", "backwards", "s an image"]
    rows = []
    for arm in report["arms"].values():
        k = arm["parameters"].get("k")
        told = [arm["title"] + (f" (k = {k})" if k else ""), str(arm["pairs"])]
        told += [_count(arm["level_5"], arm["pairs"]), *(_share(arm[name]) for name in SHARES)]
        told += [f"{arm['evals']:.1f}", f"{arm['backwards']:.1f}", f"{arm['seconds']:.2f}"]
        rows.append(told)
    return table(head, rows)


def tests_table(report: Json) -> str:
    head = ["repairs", "against", "pairs", "only the first", "only the second", "exact p"]
    rows = [
        [
            _title(report, test["first"]),
            _title(report, test["second"]),
            str(test["pairs"]),
            str(test["only_first"]),
            str(test["only_second"]),
            f"{test['p']:.2g}",
        ]
        for test in report["tests"]
    ]
    return table(head, rows)


def targets_table(report: Json) -> str:
    rows = [
        [one["name"], one["found"], "reached" if one["is_reached"] else "**missed**"]
        for one in report["targets"]
    ]
    return table(["aimed at", "found", ""], rows)


def parts_table(report: Json, by: str, name: str) -> str:
    """Still at Level 5 of all, for each family or rung; right images in brackets."""
    arms = report["arms"].values()
    parts = sorted({part for arm in arms for part in arm[by]})
    rows = [
        [arm["title"], *(_part(arm[by][part]) if part in arm[by] else "" for part in parts)]
        for arm in arms
    ]
    return table(["still Level 5 (right)", *(f"{name} {part}" for part in parts)], rows)


def gates_table(report: Json | list[Json]) -> str:
    """Of a report of `teacup-testbed gates`."""
    gates = report["gates"] if isinstance(report, dict) else report
    rows = []
    for gate in gates:
        by = ", ".join(f"{name} {value}" for name, value in gate["by"].items())
        found = _percent(gate["successes"], gate["trials"])
        told = "; ".join(filter(None, (by, gate["note"])))
        rows.append([gate["name"], found, gate["asked"], _mark(gate), told])
    made = table(["gate", "found", "asked", "", "of which"], rows)
    # Older reports do not tell it.
    weights = report.get("weights") if isinstance(report, dict) else None
    return made if weights is None else f"{made}\n\nWeights that were measured: `{weights}`."


def _mark(gate: Json) -> str:
    # What is only reported cannot fail, so it has not passed either.
    if gate["asked"] == "reported":
        return ""
    return "pass" if gate["is_passed"] else "**fail**"


def probe_table(choice: Json) -> str:
    """Flip rates of every family and order, step by step; of the file that `probe` writes."""
    curves: list[Json] = choice["curves"]
    steps = [point["k"] for point in max(curves, key=lambda c: len(c["points"]))["points"]]
    rows = []
    for curve in curves:
        points = {point["k"]: point for point in curve["points"]}
        for what, title in (("flipped", "host flips"), ("right", "right"), ("omitted", "empty")):
            cells = [f"{points[k][what]:.0%}" if k in points else "" for k in steps]
            rows.append([f"{curve['family']}, {curve['order']} first", title, *cells])
    return table(["", "of images", *(f"k = {k}" for k in steps)], rows)


def tried_table(tried: Mapping[str, Mapping[str, Json]]) -> str:
    """Weights beside each other: of each its gates on tuning pairs, and what `probe` found with the
    host first at the step that is best for a family (right images, from those without a method)."""
    head = ["mix", "Level 5", "by rung", "C of failures", "right", "containers", "places"]
    rows = []
    for title, reports in tried.items():
        gates = {gate["name"]: gate for gate in reports["gates-tuning"]["gates"]}
        failing, rungs = gates["Level 5, pairs"], gates["Level 5 by rung"]
        shown = gates["C shown, of recognisable failures"]
        fall = " / ".join(share.removesuffix("%") for share in rungs["by"].values())
        told = [title, _percent(failing["successes"], failing["trials"])]
        told += [f"{fall} %, {rungs['note'].rsplit(', one-sided ')[-1]}"]
        told += [f"{shown['share']:.0%}", f"{reports['gates-tuning']['all_pairs']['right']:.0%}"]
        rows.append([*told, *(_best_switch(reports.get("moce"), of) for of in ("F1", "F2"))])
    return table(head, rows)


def _best_switch(choice: Json | None, family: str) -> str:
    own = [c for c in (choice or {"curves": []})["curves"] if c["family"] == family]
    points = [point for c in own if c["order"] == "host" for point in c["points"]]
    if not points:
        return "not probed"
    best = max(points, key=lambda point: point["right"])
    return f"{best['right']:.0%} from {points[0]['right']:.0%}, k = {best['k']}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(3, *(len(line[at]) for line in lines)) for at in range(len(head))]
    told = [_line([cell.ljust(w) for cell, w in zip(line, widths, strict=True)]) for line in lines]
    told.insert(1, _line(["-" * width for width in widths]))
    return "\n".join(told)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _count(found: Json, trials: int) -> str:
    interval = f"[{found['low']:.0%}, {found['high']:.0%}]"
    return f"{found['count']}/{trials} = {found['share']:.0%} {interval}"


def _share(found: Json) -> str:
    return f"{found['share']:.1%} [{found['low']:.0%}, {found['high']:.0%}]"


def _part(found: Json) -> str:
    return f"{found['level_5']['count']}/{found['pairs']} ({found['right']['share']:.0%})"


def _percent(count: int, trials: int) -> str:
    low, high = clopper_pearson(count, trials)
    share = f"{count / trials:.1%}" if trials else "none"
    return f"{count}/{trials} = {share} [{low:.1%}, {high:.1%}]"


def _title(report: Json, name: str) -> str:
    return report["arms"].get(name, {"title": ARMS[name].title})["title"]
