"""`teacup-testbed world sheet.png`: a contact sheet of the whole world."""

import argparse

import torch
from PIL import Image
from torch import Tensor

from teacup_testbed.world.draw import Renderer
from teacup_testbed.world.lexicon import FAMILIES, NONE, PER_FAMILY, family_numbers
from teacup_testbed.world.scenes import LOOKS, Scenes

GAP = 2


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="teacup-testbed world", description=__doc__)
    parser.add_argument("file", help="the PNG to write")
    parser.add_argument("--families", default=",".join(family.id for family in FAMILIES))
    parser.add_argument("--seed", type=int, help="draws every scene in another look")
    asked = parser.parse_args(arguments)
    try:
        numbers = family_numbers(tuple(asked.families.split(",")))
    except ValueError as error:
        parser.error(str(error))
    rows = [row for number in numbers for row in rows_of(number)]
    scenes = scenes_of(rows, asked.seed)
    sheet = tiled(Renderer().draw(scenes), columns=PER_FAMILY + 1)
    Image.fromarray(sheet.permute(1, 2, 0).numpy()).save(asked.file)
    print(f"{asked.file}: a row per content, a column per host; the first of each is empty")
    return 0


def rows_of(family: int) -> list[list[tuple[int, int]]]:
    """The pairs of a family: a row per content, a column per host, each led by none."""
    ids = [NONE, *range(family * PER_FAMILY, (family + 1) * PER_FAMILY)]
    return [[(content, host) for host in ids] for content in ids]


def scenes_of(rows: list[list[tuple[int, int]]], seed: int | None) -> Scenes:
    pairs = [pair for row in rows for pair in row]
    scenes = Scenes.of(pairs, torch.Generator().manual_seed(seed or 0))
    if seed is not None:
        return scenes
    return Scenes(scenes.content, scenes.host, torch.full((len(pairs), len(LOOKS)), 0.5))


def tiled(images: Tensor, columns: int) -> Tensor:
    """(n, 3, s, s) uint8 as one (3, h, w) picture."""
    n, _, size, _ = images.shape
    rows = -(-n // columns)
    step = size + GAP
    sheet = torch.full((3, rows * step, columns * step), 255, dtype=torch.uint8)
    for at, image in enumerate(images.cpu()):
        top, left = at // columns * step, at % columns * step
        sheet[:, top : top + size, left : left + size] = image
    return sheet
