"""The platform's step `tag`: words to boxes to masks, with detectors that can be exchanged."""

import base64
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from teacup_endpoints.asking import Ask, Loaded
from teacup_endpoints.detectors.grounding_dino import GroundingDino
from teacup_endpoints.detectors.grounding_dino import Settings as DinoSettings
from teacup_endpoints.errors import Failed, Refused
from teacup_endpoints.masks import read_mask
from teacup_endpoints.methods.realign_diff import METHOD, Parameters
from teacup_endpoints.model import Model
from teacup_endpoints.parameters import parse
from teacup_endpoints.pretrained import find
from teacup_endpoints.segmenters.sam import Sam
from teacup_endpoints.sources import Weights
from teacup_endpoints.tagging import Box, Found, Tagger
from teacup_endpoints.tiny_detectors import write_detectors

Json = dict[str, Any]
PHRASES = ["tea cup", "iced coke"]


def picture(width: int = 64, height: int = 48) -> Image.Image:
    generator = torch.Generator().manual_seed(1)
    pixels = torch.randint(0, 255, (height, width, 3), generator=generator, dtype=torch.uint8)
    return Image.fromarray(pixels.numpy())


def to_url(image: Image.Image, kind: str = "PNG") -> str:
    stream = io.BytesIO()
    image.save(stream, kind)
    return f"data:image/png;base64,{base64.b64encode(stream.getvalue()).decode()}"


class Stub:
    """Finds what it is told to, and fills the boxes."""

    def __init__(self, *found: Found) -> None:
        self.found = found

    def detect(self, image: Image.Image, phrases: Sequence[str]) -> list[Found]:
        return list(self.found)

    def segment(self, image: Image.Image, boxes: Sequence[Box]) -> torch.Tensor:
        masks = torch.zeros(len(boxes), image.height, image.width, dtype=torch.bool)
        for mask, (left, top, right, bottom) in zip(masks, boxes, strict=True):
            mask[int(top) : int(bottom), int(left) : int(right)] = True
        return masks

    def to_json(self) -> Json:
        return {"name": "stub"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("detectors")
    write_detectors(made)
    return made


def dino_of(folder: Path, **settings: Any) -> GroundingDino:
    path = folder / "grounding-dino"
    return GroundingDino(parse(DinoSettings, {"path": str(path), **settings}), find(path))


def sam_of(path: Path) -> Sam:
    return Sam(Weights(path=str(path)), find(path))


@pytest.fixture(scope="module")
def dino(folder: Path) -> GroundingDino:
    return dino_of(folder)


@pytest.fixture(scope="module")
def sam(folder: Path) -> Sam:
    return sam_of(folder / "sam")


def test_a_tags_mask_is_the_union_of_its_boxes_and_what_has_no_pixel_is_no_tag() -> None:
    stub = Stub(
        Found("tea cup", 0.9, (0, 0, 10, 10)),
        Found("tea cup", 0.4, (20, 20, 30, 30)),
        Found("iced coke", 0.8, (5, 5, 5, 5)),
    )
    told = Tagger(stub, stub).tag({"images": [to_url(picture())], "phrases": [*PHRASES, "dog"]})
    (tag,) = told["images"][0]["tags"]
    assert (tag["phrase"], tag["score"], len(tag["boxes"])) == ("tea cup", 0.9, 2)
    mask = read_mask(tag["mask"], "mask")
    assert (mask.shape, int(mask.sum())) == ((48, 64), 200)


def test_what_is_tagged_is_what_realign_diff_takes(sdxl: Model) -> None:
    stub = Stub(Found("tea cup", 0.9, (0, 0, 32, 48)))
    told = Tagger(stub, stub).tag({"images": [to_url(picture())], "phrases": PHRASES})
    objects = [
        {"phrase": tag["phrase"], "score": 2, "mask": tag["mask"]}
        for tag in told["images"][0]["tags"]
    ]
    parameters = parse(Parameters, {"objects": objects})
    METHOD.check(Loaded(sdxl), Ask("a tea cup", (1,), 64, 64, 2, 5.0), parameters)


def test_grounding_dino_says_which_phrase_a_box_is_of(dino: GroundingDino) -> None:
    found = dino.detect(picture(), PHRASES)
    assert found
    assert all(one.phrase in PHRASES and 0.3 < one.score <= 1 for one in found)
    for left, top, right, bottom in (one.box for one in found):
        assert 0 <= left <= right <= 64
        assert 0 <= top <= bottom <= 48
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_the_phrases_are_one_text_and_each_has_its_own_tokens(dino: GroundingDino) -> None:
    text, spans = dino._text(["tea cup", "Zoo"])
    whole = dino.tokenizer("tea cup. zoo.", return_tensors="pt").input_ids
    assert torch.equal(text["input_ids"], whole)
    words = dino.tokenizer.convert_ids_to_tokens(whole[0])
    assert [words[span] for span in spans] == [["tea", "cup"], ["z", "##o", "##o"]]


def test_a_higher_threshold_keeps_fewer_boxes(folder: Path, dino: GroundingDino) -> None:
    strict = dino_of(folder, threshold=1.0)
    assert strict.detect(picture(), PHRASES) == []
    assert strict.to_json()["settings"] == {"dtype": "float32", "threshold": 1.0}
    assert len(dino.to_json()["model"]["weights_hash"]) == 64


def test_too_many_words_at_once_are_refused(dino: GroundingDino) -> None:
    with pytest.raises(Refused, match="64 are possible at once"):
        dino.detect(picture(), ["x" * 40, "y" * 40])


def test_sam_gives_a_mask_a_box_in_the_images_size(sam: Sam) -> None:
    masks = sam.segment(picture(), [(0, 0, 32, 48), (10, 10, 60, 40)])
    assert (masks.shape, masks.dtype) == ((2, 48, 64), torch.bool)
    assert torch.equal(sam.segment(picture(), [(10, 10, 60, 40)])[0], masks[1])


def test_both_together_tag_an_image(dino: GroundingDino, sam: Sam) -> None:
    told = Tagger(dino, sam).tag({"images": [to_url(picture())] * 2, "phrases": PHRASES})
    assert [told[name]["name"] for name in ("detector", "segmenter")] == ["grounding-dino", "sam"]
    assert told["images"][0] == told["images"][1]
    for tag in told["images"][0]["tags"]:
        assert read_mask(tag["mask"], "mask").shape == (48, 64)


def test_a_folder_of_another_network_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"SamModel"):
        sam_of(folder / "grounding-dino")
    with pytest.raises(Refused, match=r"it has no config\.json"):
        find(tmp_path)
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(Refused, match="a pickle could run any program"):
        find(tmp_path)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"images": []}, "input.images has 0"),
        ({"images": ["x"]}, r"input.images\[0\] is no data URL"),
        ({"images": ["data:image/png;base64,AAAA"]}, "cannot be read as a PNG, JPEG or WebP"),
        ({"phrases": []}, "input.phrases has 0"),
        ({"phrases": [" "]}, "empty or has a full stop"),
        ({"phrases": ["a. b"]}, "empty or has a full stop"),
        ({"phrases": ["Cup", "cup"]}, "the same phrase twice"),
        ({"prompt": "x"}, "input.prompt is not known here"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(changes: Json, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        Tagger(Stub(), Stub()).tag({"images": [to_url(picture())], "phrases": PHRASES, **changes})


class Full(Stub):
    def detect(self, image: Image.Image, phrases: Sequence[str]) -> list[Found]:
        raise torch.OutOfMemoryError("CUDA out of memory")


def test_no_memory_for_one_image_fails_in_a_sentence_and_may_be_tried_again() -> None:
    with pytest.raises(Failed, match="does not hold one image"):
        Tagger(Full(), Full()).tag({"images": [to_url(picture())], "phrases": PHRASES})


def test_numbers_that_are_not_finite_are_not_an_empty_image(dino: GroundingDino, sam: Sam) -> None:
    for tool, ask in (
        (dino, lambda: dino.detect(picture(), PHRASES)),
        (sam, lambda: sam.segment(picture(), [(0, 0, 9, 9)])),
    ):
        weight = next(tool.network.parameters())
        kept = weight.clone()
        weight.fill_(float("nan"))
        with pytest.raises(Refused, match="numbers that are not finite"):
            ask()
        weight.copy_(kept)
