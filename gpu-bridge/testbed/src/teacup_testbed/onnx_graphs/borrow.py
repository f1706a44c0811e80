"""Weights of an ONNX graph, taken from the safetensors file beside it.

A folder's weights lie in it once, as float16. The graph names their places in that file, as what
ONNX calls external data, and casts them to float32; a runtime folds the casts when it loads.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

# Whatever is larger and no weight would be numbers that the folder has not told of.
_MOST_OWN_BYTES = 4096
_HALF = ".float16"


@dataclass(frozen=True)
class Stored:
    """A float16 tensor's place in a file: bytes from the file's beginning."""

    shape: tuple[int, ...]
    offset: int
    length: int


def stored_tensors(file: Path) -> dict[str, Stored]:
    """The float16 tensors of a safetensors file: 8 bytes say how long its header is, then the
    header, then the numbers."""
    with file.open("rb") as opened:
        size = int.from_bytes(opened.read(8), "little")
        header: dict[str, Any] = json.loads(opened.read(size))
    found: dict[str, Stored] = {}
    for name, about in header.items():
        if about.get("dtype") == "F16":
            begin, end = about["data_offsets"]
            found[name] = Stored(tuple(about["shape"]), 8 + size + begin, end - begin)
    return found


def borrow_weights(model: onnx.ModelProto, file: Path, prefix: str) -> None:
    """Changes the graph: its weights, named as in `file` behind the prefix, are those in `file`.

    ValueError where a weight is another than the file's, or the graph holds more than weights."""
    stored, data = stored_tensors(file), file.read_bytes()
    casts: list[onnx.NodeProto] = []
    for tensor in model.graph.initializer:
        place = stored.get(tensor.name.removeprefix(prefix))
        if place is None:
            if tensor.ByteSize() > _MOST_OWN_BYTES:
                raise ValueError(f"{tensor.name} is large, and {file} has no weight of its name")
            continue
        _check_same(tensor, place, data, file)
        half = tensor.name + _HALF
        cast = helper.make_node("Cast", [half], [tensor.name], f"{half}.cast", to=TensorProto.FLOAT)
        casts.append(cast)
        tensor.CopyFrom(_external(half, place, file.name))
    # Nodes stand behind what they read.
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def _check_same(tensor: TensorProto, place: Stored, data: bytes, file: Path) -> None:
    own = numpy_helper.to_array(tensor)
    theirs = np.frombuffer(data, "<f2", place.length // 2, place.offset).reshape(place.shape)
    if own.shape != theirs.shape or not (own == theirs.astype(np.float32)).all():
        raise ValueError(f"{tensor.name} of the graph is not what {file} has under its name")


def _external(name: str, place: Stored, location: str) -> TensorProto:
    made = TensorProto(name=name, data_type=TensorProto.FLOAT16, dims=place.shape)
    made.data_location = TensorProto.EXTERNAL
    told = {"location": location, "offset": place.offset, "length": place.length}
    for key, value in told.items():
        made.external_data.add(key=key, value=str(value))
    return made
