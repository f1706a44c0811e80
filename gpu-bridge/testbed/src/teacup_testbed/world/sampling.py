"""Scenes of the biased world and of the uniform one."""

import torch
from torch import Tensor

from teacup_testbed.world.assignment import Assignment, Mix
from teacup_testbed.world.lexicon import NONE, PER_FAMILY, family_numbers
from teacup_testbed.world.scenes import LOOKS, Scenes


def biased(assignment: Assignment, n: int, generator: torch.Generator) -> Scenes:
    """n scenes as the assignment's world shows them: mostly typical, never a held-out pair."""
    mix = assignment.mix
    contents = torch.tensor(assignment.contents)
    shares = torch.tensor([assignment.share(content) for content in assignment.contents])
    partners = torch.tensor([assignment.partners[content] for content in assignment.contents])
    at = torch.randint(len(contents), (n,), generator=generator)
    which = torch.randint(mix.partners, (n,), generator=generator)
    leaves = torch.rand(n, generator=generator) < shares[at]
    hosts = torch.where(leaves, partners[at, which], contents[at])
    shown = contents[at]
    if mix.guests:
        shown, hosts = _with_guests(shown, hosts, assignment, generator)
    return _mixed(shown, hosts, contents, mix, generator)


def uniform(
    families: tuple[str, ...],
    n: int,
    generator: torch.Generator,
    across: float = 0.0,
    mix: Mix | None = None,
) -> Scenes:
    """n scenes in which every pair of a family is as frequent, held-out ones too.

    `across` is the share of filled scenes whose host is of any of the families.
    """
    firsts = torch.tensor(family_numbers(families)) * PER_FAMILY
    ids = (firsts[:, None] + torch.arange(PER_FAMILY)).flatten()
    at = torch.randint(len(ids), (n,), generator=generator)
    own = ids[at] // PER_FAMILY * PER_FAMILY + torch.randint(PER_FAMILY, (n,), generator=generator)
    anywhere = ids[torch.randint(len(ids), (n,), generator=generator)]
    hosts = torch.where(torch.rand(n, generator=generator) < across, anywhere, own)
    return _mixed(ids[at], hosts, ids, mix or Mix(), generator)


def _with_guests(
    content: Tensor, host: Tensor, assignment: Assignment, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    guests, hosts = torch.tensor(assignment.guests), torch.tensor(assignment.contents)
    n = len(content)
    is_guest = torch.rand(n, generator=generator) < assignment.mix.guests
    any_guest = guests[torch.randint(len(guests), (n,), generator=generator)]
    any_host = hosts[torch.randint(len(hosts), (n,), generator=generator)]
    return torch.where(is_guest, any_guest, content), torch.where(is_guest, any_host, host)


def _mixed(
    content: Tensor, host: Tensor, ids: Tensor, mix: Mix, generator: torch.Generator
) -> Scenes:
    """Some scenes lose their content and some their host; what stays alone is any, as frequent."""
    n = len(content)
    dice = torch.rand(n, generator=generator)
    any_host = ids[torch.randint(len(ids), (n,), generator=generator)]
    is_host_alone = dice < mix.host_alone
    is_item_alone = ~is_host_alone & (dice < mix.host_alone + mix.item_alone)
    nothing = torch.full_like(content, NONE)
    return Scenes(
        content=torch.where(is_host_alone, nothing, content),
        host=torch.where(is_host_alone, any_host, torch.where(is_item_alone, nothing, host)),
        look=torch.rand(n, len(LOOKS), generator=generator),
    )
