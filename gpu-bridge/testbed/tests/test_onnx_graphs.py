"""The exported graphs compute what torch computes, with the weights that lie beside them."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from diffusers.models import AutoencoderKL, UNet2DConditionModel
from safetensors.torch import save_file
from teacup_endpoints.noise import noise
from transformers import CLIPModel, CLIPTextModel

from teacup_testbed.onnx_graphs.borrow import borrow_weights, stored_tensors
from teacup_testbed.onnx_graphs.folder import open_oracle, write_graphs

# Begin, two words, and the end's mark, which a shorter text is filled up with.
WORDS_BETWEEN = (3, 4)

Made = list[torch.Tensor]


def run(file: Path, *inputs: torch.Tensor) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    names = [one.name for one in session.get_inputs()]
    made: Any = session.run(None, dict(zip(names, (one.numpy() for one in inputs), strict=True)))
    return made


def opened(kind: Any, folder: Path) -> Any:
    return kind.from_pretrained(folder, dtype=torch.float32).eval()


def some(rows: int, *shape: int) -> torch.Tensor:
    return noise(range(rows), 0, shape)


def ids(config: Any, rows: int, tokens: int) -> torch.Tensor:
    made = torch.full((rows, tokens), config.eos_token_id)
    made[:, 0] = config.bos_token_id
    made[:, 1:3] = torch.tensor(WORDS_BETWEEN)
    return made


def text_encoder(folder: Path, rows: int) -> tuple[Made, Made]:
    network = opened(CLIPTextModel, folder)
    told = ids(network.config, rows, network.config.max_position_embeddings)
    return [told], [network(input_ids=told).last_hidden_state]


def unet(folder: Path, rows: int) -> tuple[Made, Made]:
    network = opened(UNet2DConditionModel, folder)
    x, texts = some(rows, 4, 16, 16), some(2, 24, network.config.cross_attention_dim)
    # Each image under each text, and the first under the second text once more.
    image = torch.tensor([*range(rows), *range(rows), 0])
    text = torch.tensor([*[0] * rows, *[1] * rows, 1])
    t = torch.tensor([403])
    expected = network(x[image], t, encoder_hidden_states=texts[text]).sample
    return [x, t, texts, image, text], [expected]


def decoder(folder: Path, rows: int) -> tuple[Made, Made]:
    latents = some(rows, 4, 16, 16)
    return [latents], [opened(AutoencoderKL, folder).decode(latents).sample]


def read(folder: Path, rows: int) -> tuple[Made, Made]:
    network = opened(CLIPModel, folder)
    told = ids(network.config.text_config, rows, 3 + rows)
    return [told], [network.get_text_features(input_ids=told).pooler_output]


def seen(folder: Path, rows: int) -> tuple[Made, Made]:
    pixels = some(rows, 3, 64, 64)
    network = opened(CLIPModel, folder)
    return [pixels], [network.get_image_features(pixel_values=pixels).pooler_output]


def judged(folder: Path, rows: int) -> tuple[Made, Made]:
    pixels = some(rows, 3, 64, 64)
    return [pixels], list(open_oracle(folder / "model.safetensors")[0](pixels))


# Each with its inputs for some rows, and what torch makes of them.
GRAPHS: dict[str, Callable[[Path, int], tuple[Made, Made]]] = {
    "generator/text_encoder/model.onnx": text_encoder,
    "generator/unet/model.onnx": unet,
    "generator/vae/decoder.onnx": decoder,
    "dual/text.onnx": read,
    "dual/vision.onnx": seen,
    "oracle/model.onnx": judged,
}


_GRAPHS = shutil.ignore_patterns("*.onnx")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", GRAPHS)
@torch.no_grad()
def test_a_graph_computes_what_torch_computes(name: str, rows: int, folder: Path) -> None:
    file = folder / name
    inputs, expected = GRAPHS[name](file.parent, rows)
    for ours, theirs in zip(run(file, *inputs), expected, strict=True):
        assert theirs.std() > 1e-3
        np.testing.assert_allclose(ours, theirs.numpy(), rtol=0, atol=1e-5)


@pytest.mark.parametrize("name", GRAPHS)
def test_a_graph_has_no_numbers_of_its_own(name: str, folder: Path) -> None:
    graph = onnx.load(str(folder / name), load_external_data=False).graph
    held = sum(len(one.raw_data) for one in graph.initializer)
    held += sum(len(part.t.raw_data) for node in graph.node for part in node.attribute)
    assert held < 8192
    assert sum(len(one.external_data) > 0 for one in graph.initializer) > 10


def test_the_committed_graphs_are_what_this_code_writes(tmp_path: Path) -> None:
    committed = Path(__file__).parents[1] / "tiny-world"
    copy = Path(shutil.copytree(committed, tmp_path / "copy", ignore=_GRAPHS))

    written = {str(file.relative_to(copy)): file.read_bytes() for file in write_graphs(copy)}

    assert written.keys() == GRAPHS.keys()
    assert [name for name in GRAPHS if written[name] != (committed / name).read_bytes()] == []


def test_the_weights_are_read_from_the_file_beside_the_graph(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder / "oracle", tmp_path / "oracle"))
    pixels = some(2, 3, 64, 64)
    before = run(copy / "model.onnx", pixels)
    weights = copy / "model.safetensors"
    place, data = stored_tensors(weights)["host.bias"], bytearray(weights.read_bytes())
    biases = np.frombuffer(data, "<f2", place.length // 2, place.offset)
    biases += np.float16(1)
    weights.write_bytes(data)

    host, item, _garbage = run(copy / "model.onnx", pixels)

    np.testing.assert_allclose(host, before[0] + 1, rtol=0, atol=2e-3)
    np.testing.assert_array_equal(item, before[1])


def test_weights_that_are_not_the_graphs_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "weights.safetensors"
    save_file({"weight": torch.ones(3).half()}, str(file))
    weight = onnx.numpy_helper.from_array(np.full(3, 2, np.float32), "network.weight")
    model = onnx.helper.make_model(onnx.helper.make_graph([], "g", [], [], [weight]))
    with pytest.raises(ValueError, match=r"is not what .* has under its name"):
        borrow_weights(model, file, "network.")


def test_a_tensors_place_is_where_its_numbers_lie(tmp_path: Path) -> None:
    file = tmp_path / "weights.safetensors"
    tensors = {"b": torch.arange(6.0).half().view(2, 3), "a": torch.full((1,), 7.0).half()}
    save_file(tensors, str(file), {"some": "words"})
    for name, place in stored_tensors(file).items():
        numbers = np.frombuffer(file.read_bytes()[place.offset :][: place.length], "<f2")
        np.testing.assert_array_equal(numbers.reshape(place.shape), tensors[name].numpy())
