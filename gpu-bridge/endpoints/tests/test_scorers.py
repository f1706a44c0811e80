"""Each scorer against its network's own forward pass, and what all of them promise."""

import math
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch

from teacup_endpoints.errors import Failed, Refused
from teacup_endpoints.scorers import SCORERS
from teacup_endpoints.scorers.caption_likelihood import sensitivity
from teacup_endpoints.scorers.imagereward import MEAN, STD

from .scorers import opened, picture

NAMES = sorted(SCORERS)
TEXTS = ["a red cup", "coke in a glass", "is there a dog?"]


def pictures(scorer: Any, count: int = 2) -> tuple[list[Any], torch.Tensor]:
    made = [picture(seed) for seed in range(count)]
    return made, scorer.pixels(images=made, return_tensors="pt").pixel_values


def same(made: list[list[float]], expected: torch.Tensor) -> None:
    torch.testing.assert_close(torch.tensor(made), expected.float(), rtol=1e-5, atol=1e-6)


def test_clipscore_is_two_and_a_half_cosines_of_the_prefixed_text(scorers: Path) -> None:
    scorer = opened(scorers, "clipscore")
    images, pixels = pictures(scorer)
    ids = scorer.tokenizer([f"A photo depicts {TEXTS[0]}"], return_tensors="pt").input_ids
    made = scorer.network(input_ids=ids, pixel_values=pixels)
    cosines = made.image_embeds @ made.text_embeds.T
    same(scorer.score(images, TEXTS[:1]), 2.5 * cosines.clamp(min=0))
    assert scorer.said("a cup").count("A photo depicts ") == 1


def test_a_negative_cosine_scores_nothing(scorers: Path) -> None:
    scorer = opened(scorers, "clipscore")
    images, _ = pictures(scorer)
    positive = scorer.score(images, TEXTS)
    scorer._kept = {text: -made for text, made in scorer._kept.items()}
    for row, turned in zip(positive, scorer.score(images, TEXTS), strict=True):
        assert [min(a, b) for a, b in zip(row, turned, strict=True)] == [0, 0, 0]
        assert all(a + b > 0 for a, b in zip(row, turned, strict=True))


def test_clipscores_thresholds_grow_with_its_weight_unless_they_are_given(scorers: Path) -> None:
    """methods.md 2.5: 0.01 for a weight of 2.5, and x100 = 1.0."""

    def of(**settings: float) -> tuple[float | None, float | None]:
        scorer = opened(scorers, "clipscore", **settings)
        told = scorer.to_json()["settings"]
        assert (told["delta"], told["tau"]) == (scorer.thresholds.delta, scorer.thresholds.tau)
        return scorer.thresholds.delta, scorer.thresholds.tau

    assert of() == (0.01, 0.72)
    assert of(weight=250) == (1.0, 72.0)
    assert of(weight=100) == pytest.approx((0.4, 28.8))
    assert of(weight=250, delta=0.5) == (0.5, 72.0)
    assert of(weight=250, tau=30) == (1.0, 30)


def test_matching_is_the_networks_own_probability(scorers: Path) -> None:
    scorer = opened(scorers, "blip-itm")
    images, pixels = pictures(scorer)
    ids = scorer.tokenizer(TEXTS[0], return_tensors="pt").input_ids.repeat(2, 1)
    logits = scorer.network(input_ids=ids, pixel_values=pixels).itm_score
    same(scorer.score(images, TEXTS[:1]), logits.softmax(dim=-1)[:, 1:])


def test_the_answers_probability_is_the_networks_own_loss(scorers: Path) -> None:
    scorer = opened(scorers, "blip-vqa", over="vocabulary", begins_with="cls")
    _, pixels = pictures(scorer)
    ids = scorer.tokenizer(TEXTS[2], return_tensors="pt").input_ids
    yes = torch.tensor([[scorer.begin, scorer.tokenizer.convert_tokens_to_ids("yes")]])
    for seed in range(2):
        one = pixels[seed : seed + 1]
        loss = scorer.network(input_ids=ids, pixel_values=one, labels=yes).loss
        assert scorer.score([picture(seed)], TEXTS[2:])[0][0] == pytest.approx(math.exp(-loss))


def test_yes_and_no_share_all_of_the_probability(scorers: Path) -> None:
    scorer = opened(scorers, "blip-vqa")
    images, _ = pictures(scorer)
    yes = scorer.score(images, TEXTS)
    scorer.answers.reverse()
    for row, no in zip(yes, scorer.score(images, TEXTS), strict=True):
        assert [a + b for a, b in zip(row, no, strict=True)] == pytest.approx([1, 1, 1])
    classic = opened(scorers, "blip-vqa", begins_with="cls").score(images, TEXTS)
    assert classic != yes


def test_a_captions_likelihood_is_minus_the_captioners_loss(scorers: Path) -> None:
    """As CoMat's code masks it: the tokens of the prefix do not count."""
    scorer = opened(scorers, "caption-likelihood")
    images, pixels = pictures(scorer)
    ids = scorer.tokenizer("a photography of a red cup", return_tensors="pt").input_ids
    labels = ids.clone()
    labels[:, : len(scorer.tokenizer("a photography of").input_ids) - 1] = -100
    losses = [
        scorer.network(pixel_values=pixels[row : row + 1], input_ids=ids, labels=labels).loss
        for row in range(2)
    ]
    same(scorer.score(images, ["A red Cup"]), -torch.stack(losses)[:, None])
    whole = opened(scorers, "caption-likelihood", reduction="sum").score(images, ["a red cup"])
    # Three words and the end.
    same(whole, -4 * torch.stack(losses)[:, None])
    begun = opened(scorers, "caption-likelihood", begins_with="dec").score(images, ["a red cup"])
    assert begun != scorer.score(images, ["a red cup"])


def test_a_caption_with_a_word_that_the_image_lacks_is_less_likely(scorers: Path) -> None:
    scorer = opened(scorers, "caption-likelihood")
    word = scorer.tokenizer.convert_tokens_to_ids("red")
    torch.nn.init.zeros_(scorer.network.text_decoder.cls.predictions.decoder.weight)
    scorer.network.text_decoder.cls.predictions.decoder.bias.data[word] = -9.0
    ((without, with_it),) = scorer.score([picture(0)], ["a cup", "a red cup"])
    assert with_it < without - 1
    # A prefix with the same word is not scored.
    other = opened(scorers, "caption-likelihood", prefix="a red photography of ")
    torch.nn.init.zeros_(other.network.text_decoder.cls.predictions.decoder.weight)
    other.network.text_decoder.cls.predictions.decoder.bias.data[word] = -9.0
    assert other.score([picture(0)], ["a cup"])[0][0] == pytest.approx(without, abs=1e-5)


def test_smoothing_in_a_checkpoints_config_changes_nothing(scorers: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(scorers / "caption-likelihood", tmp_path / "caption-likelihood")
    config = folder / "config.json"
    config.write_text(
        config.read_text().replace('"label_smoothing": 0.0', '"label_smoothing": 0.1')
    )
    made = [
        opened(at, "caption-likelihood").score([picture(0)], TEXTS) for at in (scorers, tmp_path)
    ]
    assert made[0] == made[1]


def test_sensitivity_is_equation_7() -> None:
    assert sensitivity([-2.0, -1.0, 0.0], [-3.0, -0.5, -1.0]) == [0.5, -0.5, 0.0]


def test_a_reward_is_standardised_and_reads_35_tokens(scorers: Path) -> None:
    scorer = opened(scorers, "imagereward")
    images, _ = pictures(scorer)
    words = ["cup"] * 33
    texts = [" ".join([*words, last]) for last in ("dog", "cat")]
    for first, second in scorer.score(images, texts):
        assert first == second
    assert scorer.removed([texts[0], "a cup"]) == {texts[0]: "dog"}
    last = scorer.network.mlp[-1]
    torch.nn.init.zeros_(last.weight)
    torch.nn.init.constant_(last.bias, MEAN + 2 * STD)
    assert scorer.score(images, ["a"]) == [[pytest.approx(2)]] * 2


@pytest.mark.parametrize("name", NAMES)
def test_a_score_depends_on_its_image_and_its_text_alone(scorers: Path, name: str) -> None:
    scorer = opened(scorers, name, rows=4)
    images = [picture(seed) for seed in range(6)]
    made = scorer.score(images, TEXTS)
    assert scorer.score(images[::-1], TEXTS[::-1]) == [row[::-1] for row in made[::-1]]
    assert [scorer.score([image], [TEXTS[1]]) for image in images] == [[[row[1]]] for row in made]
    # A text is read, and so is a picture.
    assert len({tuple(row) for row in made}) == 6
    assert len(set(made[0])) == 3


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_narrow_types_make_finite_numbers(scorers: Path, name: str, dtype: str) -> None:
    scorer = opened(scorers, name, dtype=dtype)
    wide = torch.tensor(opened(scorers, name).score([picture(0)], TEXTS))
    made = torch.tensor(scorer.score([picture(0)], TEXTS))
    assert bool(torch.isfinite(made).all())
    assert float((made - wide).norm()) < 0.3 * float(wide.norm())


@pytest.mark.parametrize("name", NAMES)
def test_a_text_that_is_too_long_is_cut_and_told(scorers: Path, name: str) -> None:
    scorer = opened(scorers, name)
    long = " ".join(["cup"] * 100)
    assert len(scorer.tokens(long)[0]) == scorer.limit
    assert set(scorer.removed([long, "a cup"])) == {long}


@pytest.mark.parametrize("name", NAMES)
def test_a_score_is_told_with_all_that_made_it(scorers: Path, name: str) -> None:
    scorer = opened(scorers, name, rows=2, tau=0.4)
    told = scorer.to_json()
    assert (told["scorer"], told["version"], told["settings"]["tau"]) == (name, "1", 0.4)
    assert told["settings"]["dtype"] == "float32"
    assert not {"rows", "path", "id"} & set(told["settings"])
    assert list(told["model"]["files"]) == ["model.safetensors"]


def test_thresholds_are_the_scorers_own_and_its_table_changes_them(scorers: Path) -> None:
    own = [vars(opened(scorers, name).thresholds) for name in ("clipscore", "imagereward")]
    assert own == [{"delta": 0.01, "tau": 0.72}, {"delta": 0.6, "tau": None}]
    assert opened(scorers, "clipscore", delta=0.2).thresholds.delta == 0.2
    assert opened(scorers, "blip-itm").thresholds.delta is None


def test_out_of_memory_scores_fewer_images_at_once_for_good(scorers: Path) -> None:
    scorer = opened(scorers, "clipscore", rows=4)
    images = [picture(seed) for seed in range(3)]
    expected = opened(scorers, "clipscore", rows=2).score(images, TEXTS)
    real, largest = scorer.judge, 2

    def limited(part: list[Any], texts: list[str]) -> torch.Tensor:
        if len(part) > largest:
            raise torch.OutOfMemoryError("simulated")
        return real(part, texts)

    scorer.judge = limited
    assert scorer.score(images, TEXTS) == expected
    assert scorer.rows == 2
    largest = 0
    with pytest.raises(Failed, match="does not hold one image in the scorer clipscore"):
        scorer.score(images, TEXTS)


def test_numbers_that_are_not_finite_are_told(scorers: Path) -> None:
    scorer = opened(scorers, "blip-itm")
    torch.nn.init.constant_(scorer.network.itm_head.weight, float("nan"))
    with pytest.raises(Refused, match="blip-itm made numbers that are not finite"):
        scorer.score([picture(0)], TEXTS)


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("blip-vqa", "weights of another", "does not have the weights of BlipForQuestionAnswering"),
        ("imagereward", "weights of another", "does not have the weights of RewardNetwork"),
        ("clipscore", "config.json", "it has no config.json"),
        ("clipscore", "model.safetensors", "has no .safetensors file"),
        ("clipscore", "preprocessor_config.json", "has no CLIPImageProcessorPil"),
    ],
)
def test_a_folder_of_another_kind_is_refused(
    scorers: Path, tmp_path: Path, name: str, change: str, sentence: str
) -> None:
    source = "blip-itm" if change == "weights of another" else name
    folder = shutil.copytree(scorers / source, tmp_path / name)
    (folder / change).unlink(missing_ok=True)
    with pytest.raises(Refused, match=sentence):
        opened(tmp_path, name)


def test_a_pickle_is_refused(scorers: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(scorers / "clipscore", tmp_path / "clipscore")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(Refused, match="a pickle could run any program"):
        opened(tmp_path, "clipscore")
