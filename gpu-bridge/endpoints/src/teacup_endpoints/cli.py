"""`teacup-endpoint serve FILE.toml | doctor [FILE.toml] | tiny DIR`, and
`teacup-endpoint imagereward CHECKPOINT TOKENIZER DIR`, once for each machine that scores with it"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from .errors import Refused


def main(argv: list[str] | None = None) -> int:
    asked = _parser().parse_args(argv)
    try:
        return asked.act(asked)
    except Refused as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="teacup-endpoint", description=__doc__)
    acts = parser.add_subparsers(required=True)
    serve = acts.add_parser("serve", help="serve the endpoint that a file describes")
    serve.add_argument("file", type=Path)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=5000)
    serve.set_defaults(act=_serve)
    doctor = acts.add_parser("doctor", help="say what is wrong before anybody waits for it")
    doctor.add_argument("file", type=Path, nargs="?")
    doctor.set_defaults(act=_doctor)
    tiny = acts.add_parser("tiny", help="write tiny random models, for rehearsals")
    tiny.add_argument("folder", type=Path)
    tiny.set_defaults(act=_tiny)
    reward = acts.add_parser("imagereward", help="write ImageReward in transformers' layout")
    reward.add_argument("checkpoint", type=Path, help="the official one, as safetensors")
    reward.add_argument("tokenizer", type=Path, help="folder of bert-base-uncased")
    reward.add_argument("folder", type=Path)
    reward.set_defaults(act=_imagereward)
    return parser


def _serve(asked: argparse.Namespace) -> int:
    from .serving import serve

    serve(asked.file, asked.host, asked.port, Path(tempfile.mkdtemp(prefix="teacup-endpoint-")))
    return 0


def _doctor(asked: argparse.Namespace) -> int:
    from .doctor import examine

    findings = examine(asked.file)
    for finding in findings:
        print(finding)
    return 0 if all(finding.is_fine for finding in findings) else 1


def _tiny(asked: argparse.Namespace) -> int:
    from .tiny import write_all
    from .tiny_detectors import write_detectors
    from .tiny_scorers import write_scorers

    written = [
        *write_all(asked.folder),
        *write_scorers(asked.folder),
        *write_detectors(asked.folder),
    ]
    for folder in written:
        print(folder)
    return 0


def _imagereward(asked: argparse.Namespace) -> int:
    from .imagereward_layout import convert

    convert(asked.checkpoint, asked.tokenizer, asked.folder)
    print(asked.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
