"""`teacup-testbed COMMAND ...`: each command is a module with a `main(arguments)`."""

import sys
from importlib import import_module

COMMANDS = {
    "world": ("teacup_testbed.world.sheet", "draws a contact sheet of the world"),
    "train": ("teacup_testbed.train.cli", "trains one stage, from its last checkpoint on"),
    "train-all": ("teacup_testbed.train.all", "trains and measures everything, side by side"),
    "gates": ("teacup_testbed.evaluation.cli", "measures trained weights against the world"),
    "probe": ("teacup_testbed.repair.probe", "chooses MoCE's settings on tuning pairs"),
    "methods": ("teacup_testbed.repair.compare", "compares the repair methods on failing pairs"),
    "results": ("teacup_testbed.repair.results", "writes the tables of a document from reports"),
    "export": ("teacup_testbed.export", "writes trained weights as folders for other programs"),
    "traces": ("teacup_testbed.traces.cli", "records what torch computes, for other programs"),
    "bench": ("teacup_testbed.bench", "measures a grid in onnxruntime and in torch"),
    "golden": ("teacup_testbed.engine_golden", "writes what the TypeScript engine is held to"),
    "co-occurrence": (
        "teacup_testbed.world.co_occurrence",
        "tells how often the biased world shows each pair",
    ),
    "hashes": ("teacup_testbed.hashes", "says whether exported files are as they were"),
}


def main() -> int:
    name, *arguments = sys.argv[1:] or [""]
    if name not in COMMANDS:
        known = "\n".join(f"  {command:13} {about}" for command, (_, about) in COMMANDS.items())
        print(f"usage: teacup-testbed COMMAND ...\n{known}", file=sys.stderr)
        return 2
    return import_module(COMMANDS[name][0]).main(arguments)


if __name__ == "__main__":
    sys.exit(main())
