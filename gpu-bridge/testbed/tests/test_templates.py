"""The second oracle reads pictures that it has not seen, in looks that it has not been shown."""

import pytest
import torch

from teacup_testbed.world.draw import Renderer
from teacup_testbed.world.lexicon import LOOKS_LIKE, NONE, PER_FAMILY
from teacup_testbed.world.sampling import uniform
from teacup_testbed.world.scenes import Scenes
from teacup_testbed.world.templates import Templates

OF_BOTH = ("F1", "F2")


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates(families=OF_BOTH)


def test_it_reads_content_and_host_of_pictures_in_any_look(templates: Templates) -> None:
    scenes = uniform(OF_BOTH, 18, torch.Generator().manual_seed(11))
    reading = templates.read(Renderer().draw(scenes))
    alike = torch.tensor([*LOOKS_LIKE, NONE])
    right = (reading.host == scenes.host) & (reading.content == alike[scenes.content])
    assert right.sum() >= 17
    assert reading.explained.min() > 0.6


def test_a_substituted_host_is_not_read_as_the_one_that_was_asked_for(templates: Templates) -> None:
    # Every fourth content at its typical host, whatever other one a prompt may have named.
    typical = [(k, k) for k in range(0, 2 * PER_FAMILY, 4)]
    scenes = Scenes.of(typical, torch.Generator().manual_seed(12))
    reading = templates.read(Renderer().draw(scenes))
    assert (reading.host == scenes.host).sum() >= 5


def test_noise_is_not_explained(templates: Templates) -> None:
    noise = torch.randint(256, (2, 3, 64, 64), generator=torch.Generator().manual_seed(13))
    assert templates.read(noise.to(torch.uint8)).explained.max() < 0.5
