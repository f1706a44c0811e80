"""A model's files on disk: found, checked and hashed before anything is loaded from them.
Only safetensors: a pickle runs whatever its author put into it."""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path
from typing import Any

from .errors import Refused

_PICKLES = {".bin", ".ckpt", ".pt", ".pth", ".pkl", ".pickle"}
_LONGEST_HEADER = 100 * 1024 * 1024
# Parts of a pipeline that have weights, by the library that model_index.json names.
_NO_WEIGHTS = (
    "Tokenizer",
    "TokenizerFast",
    "TokenizersBackend",
    "Scheduler",
    "Processor",
    "Extractor",
)


def weight_files(folder: Path, variant: str | None = None) -> list[Path]:
    """Every file of weights that the pipeline in `folder` is loaded from."""
    if folder.suffix in _PICKLES:
        raise Refused(f"{folder.name} is a pickle, which could run any program: {_CONVERT}")
    index = folder / "model_index.json"
    if not index.is_file():
        raise Refused(
            f"{folder} is no model in diffusers' layout: it has no model_index.json. {_CONVERT}"
        )
    try:
        parts: dict[str, Any] = dict(json.loads(index.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise Refused(f"{index} is damaged ({error}): download it again.") from error
    found: list[Path] = []
    for name, about in parts.items():
        if not isinstance(about, list) or not isinstance(about[-1], str):
            continue
        if name != "safety_checker" and not about[-1].endswith(_NO_WEIGHTS):
            found += _of_part(folder / name, variant)
    return sorted(found)


def part_files(folder: Path, variant: str | None = None) -> list[Path]:
    """Every file of weights of one network: a UNet, or anything in transformers' layout."""
    if folder.suffix in _PICKLES:
        raise Refused(f"{folder.name} is a pickle, which could run any program: {_CONVERT}")
    if not (folder / "config.json").is_file():
        raise Refused(f"{folder} cannot be loaded as a network: it has no config.json.")
    return sorted(_of_part(folder, variant))


_CONVERT = "Save the model with save_pretrained(safe_serialization=True) and name that folder."


def _of_part(part: Path, variant: str | None) -> list[Path]:
    mark = "" if variant is None else f".{variant}"
    files = [
        file
        for file in part.glob("*.safetensors")
        if (
            f"{mark}." in file.name or f"{mark}-" in file.name
            if mark
            else file.name.count(".") == 1
        )
    ]
    if files:
        return files
    pickles = [file.name for file in part.glob("*") if file.suffix in _PICKLES]
    if pickles:
        raise Refused(f"{part} has only {pickles[0]}: a pickle could run any program. {_CONVERT}")
    of = "" if variant is None else f" of the variant '{variant}'"
    raise Refused(f"{part} has no .safetensors file{of}: the download may be incomplete.")


def check_header(file: Path) -> None:
    """The header can be read, and the file is exactly as long as it says."""
    if file.suffix != ".safetensors":
        raise Refused(f"{file} is no .safetensors file: others could run any program.")
    try:
        size = file.stat().st_size
        with file.open("rb") as stream:
            (length,) = struct.unpack("<Q", stream.read(8))
            if length > min(size, _LONGEST_HEADER):
                raise ValueError("its header would be longer than the file")
            header = json.loads(stream.read(length))
        ends = [about["data_offsets"][1] for name, about in header.items() if name[:2] != "__"]
        needed = 8 + length + max(ends, default=0)
        if needed != size:
            raise ValueError(f"it is {size} bytes long and should be {needed}")
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError, struct.error) as error:
        raise Refused(f"{file} is damaged or not complete ({error}): download it again.") from error


def hash_files(files: dict[str, Path]) -> dict[str, str]:
    """SHA-256 of each file, by the name under which it is told."""
    hashes: dict[str, str] = {}
    for name, file in sorted(files.items()):
        check_header(file)
        with file.open("rb") as stream:
            hashes[name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return hashes


def hash_of(hashes: dict[str, str], *more: str) -> str:
    """One hash of them all, and of whatever else decides what is drawn."""
    lines = [f"{name} {value}" for name, value in sorted(hashes.items())]
    return hashlib.sha256("\n".join([*lines, *more]).encode()).hexdigest()
