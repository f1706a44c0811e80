"""The contract's noise, held against the vectors that the TypeScript engine is held against."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from teacup_endpoints.noise import NoiseFrom, noise, normals, philox4x32

GOLDEN = json.loads((Path(__file__).parents[2] / "contract" / "golden" / "noise.json").read_text())


@pytest.mark.parametrize("vector", GOLDEN["random123"], ids=lambda vector: vector["key"])
def test_philox_gives_the_published_answers(vector: dict[str, str]) -> None:
    counter, key, answer = (
        [int(word, 16) for word in vector[name].split()] for name in ("counter", "key", "answer")
    )
    made = philox4x32([np.array([word], dtype=np.uint64) for word in counter], (key[0], key[1]))
    assert [int(word[0]) for word in made] == answer


@pytest.mark.parametrize("vector", GOLDEN["noise"], ids=lambda v: f"{v['seed']}-{v['position']}")
def test_normal_numbers_are_those_of_the_contract(vector: dict[str, list[float]]) -> None:
    first = 4 * int(vector["position"])  # pyright: ignore[reportArgumentType]
    made = normals(vector["seed"], vector["step"], first + 4)[first:]  # pyright: ignore[reportArgumentType]
    assert made == pytest.approx(vector["normal"], rel=1e-13)


@pytest.mark.parametrize("vector", GOLDEN["latents"], ids=lambda v: f"{v['seed']}-{v['step']}")
def test_latents_are_those_of_the_contract_to_the_last_bit(vector: dict[str, list[float]]) -> None:
    made = noise([vector["seed"]], vector["step"], vector["shape"])  # pyright: ignore[reportArgumentType]
    assert made.flatten().tolist() == vector["float32"]


def test_a_seed_depends_on_no_neighbour_and_no_shape() -> None:
    many = noise([5, 6, 7], 0, (4, 8, 8))
    assert torch.equal(many[1], noise([6], 0, (4, 8, 8))[0])
    assert torch.equal(many[1].flatten()[:36], noise([6], 0, (4, 3, 3)).flatten())


def test_steps_and_seeds_are_independent_and_normal() -> None:
    values = noise([1, 2], 3, (4, 64, 64)).flatten(1)
    other = noise([1], 4, (4, 64, 64)).flatten()
    assert abs(float(values.mean())) < 0.01
    assert abs(float(values.std()) - 1) < 0.01
    assert abs(float(torch.corrcoef(torch.stack([*values, other]))[0, 1:].abs().max())) < 0.03


def test_calls_of_randn_inside_take_one_step_after_the_other() -> None:
    with NoiseFrom((3, 4), step=2):
        first, second = (torch.randn((2, 4, 4, 4), dtype=torch.float32) for _ in range(2))
    assert torch.equal(first, noise((3, 4), 2, (4, 4, 4)))
    assert torch.equal(second, noise((3, 4), 3, (4, 4, 4)))


def test_noise_for_another_number_of_images_is_not_made() -> None:
    with NoiseFrom((3, 4), step=2), pytest.raises(ValueError, match="3 images"):
        torch.randn((3, 4))
