"""Torch modules as small ONNX graphs."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import nn

from .borrow import borrow_weights

_OPSET = 18


class Part(nn.Module):
    """What of a network a graph computes: float32 tensors from tensors."""

    def __init__(self, network: Any) -> None:
        super().__init__()
        self.network = network


@dataclass(frozen=True)
class Recording:
    """A part, inputs to record it on, and what the outputs are called. `free`: the axes of any
    length of inputs and outputs; those of one name are equally long. `opset`: of ONNX, if the part
    has operations of a newer one than torch records."""

    part: nn.Module
    inputs: dict[str, torch.Tensor]
    outputs: tuple[str, ...]
    free: dict[str, dict[int, str]]
    opset: int = _OPSET


def write_graph(recording: Recording, weights: Path, file: Path) -> None:
    """Writes `file` beside the safetensors file `weights`, in which the graph's weights stay."""
    model = onnx.load_model_from_string(_record(recording))
    (own,) = (given for given in model.opset_import if not given.domain)
    own.version = recording.opset
    # The first that such graphs may be of.
    model.ir_version = onnx.helper.find_min_ir_version_for(model.opset_import)
    borrow_weights(model, weights, "network.")
    file.write_bytes(model.SerializeToString(deterministic=True))
    # By its path: the weights are looked for, and have to be in the file's folder.
    onnx.checker.check_model(str(file), full_check=True)


def _record(recording: Recording) -> bytes:
    made: Any = io.BytesIO()
    with warnings.catch_warnings():
        # Shapes that are no free axis are the same in every call, which tracing warns of.
        warnings.simplefilter("ignore", torch.jit.TracerWarning)
        # Torch's other exporter needs two more packages, and its graph runs no faster.
        warnings.simplefilter("ignore", DeprecationWarning)
        # The only index is where a text ends.
        warnings.filterwarnings("ignore", "Exporting aten::index operator of advanced indexing")
        torch.onnx.export(
            recording.part,
            tuple(recording.inputs.values()),
            made,
            input_names=list(recording.inputs),
            output_names=list(recording.outputs),
            dynamic_axes=recording.free,
            opset_version=_OPSET,
            dynamo=False,
            # Folded transposes would be second copies of weights.
            do_constant_folding=False,
        )
    return made.getvalue()
