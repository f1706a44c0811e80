"""The planted bias: what is seen, how often, and what is held out."""

import json
from collections import Counter
from dataclasses import asdict

import pytest
import torch

from teacup_testbed.world.assignment import Assignment, Mix
from teacup_testbed.world.lexicon import CONTENTS, NONE, PER_FAMILY
from teacup_testbed.world.sampling import biased, uniform

ALL = ("F1", "F2", "F3", "F4")


def test_every_rung_has_three_contents_of_a_family_and_as_many_pairs_to_judge_and_to_tune_by() -> (
    None
):
    assignment = Assignment.of(ALL, seed=3)
    for family in range(4):
        rungs = [assignment.rung[family * PER_FAMILY + k] for k in range(PER_FAMILY)]
        assert Counter(rungs) == {0: 3, 1: 3, 2: 3, 3: 3}
        for pairs, many in ((assignment.evaluation, 10), (assignment.tuning, 5)):
            own = [c for c, _ in pairs if c // PER_FAMILY == family]
            assert Counter(assignment.rung[c] for c in own) == dict.fromkeys(range(4), many)


def test_a_pair_is_typical_seen_or_held_out_for_exactly_one_purpose() -> None:
    assignment = Assignment.of(ALL, seed=3)
    typical = [(content, content) for content in assignment.contents]
    seen = [(content, host) for content, hosts in assignment.partners.items() for host in hosts]
    pairs = [*typical, *seen, *assignment.evaluation, *assignment.tuning, *assignment.reserve]
    assert len(pairs) == len(set(pairs)) == 4 * PER_FAMILY**2
    assert all(content // PER_FAMILY == host // PER_FAMILY for content, host in pairs)


def test_every_host_is_an_atypical_partner_as_often_as_any_other() -> None:
    partners = Assignment.of(ALL, seed=5).partners
    assert set(Counter(host for hosts in partners.values() for host in hosts).values()) == {3}


def test_a_seed_gives_the_same_assignment_and_a_family_the_same_whatever_stands_beside_it() -> None:
    both = Assignment.of(("F1", "F2"), seed=1)
    assert both == Assignment.of(("F1", "F2"), seed=1)
    assert both.evaluation != Assignment.of(("F1", "F2"), seed=2).evaluation
    assert set(Assignment.of(("F2",), seed=1).evaluation) < set(both.evaluation)


def test_the_biased_world_shows_no_held_out_pair_and_leaves_typical_hosts_as_the_rungs_say() -> (
    None
):
    assignment = Assignment.of(ALL, seed=0)
    scenes = biased(assignment, 60_000, torch.Generator().manual_seed(0))
    is_filled = (scenes.content != NONE) & (scenes.host != NONE)
    pairs = set(
        zip(scenes.content[is_filled].tolist(), scenes.host[is_filled].tolist(), strict=True)
    )
    assert not any(assignment.is_held_out(pair) for pair in pairs)
    for rung, share in enumerate(assignment.mix.rungs):
        contents = torch.tensor([c for c in assignment.contents if assignment.rung[c] == rung])
        of_rung = is_filled & torch.isin(scenes.content, contents)
        left = (scenes.content != scenes.host)[of_rung].float().mean()
        # Four standard errors of about 10,500 scenes.
        assert abs(left - share) <= 4 * (share * (1 - share) / 10_000) ** 0.5
    assert abs((scenes.content == NONE).float().mean() - 0.23) < 0.01
    assert abs((scenes.host == NONE).float().mean() - 0.07) < 0.01


def test_guests_are_of_families_that_are_not_learnt_and_at_every_host_as_often() -> None:
    assignment = Assignment.of(("F1", "F2"), mix=Mix(guests=0.3))
    scenes = biased(assignment, 60_000, torch.Generator().manual_seed(0))
    is_filled = (scenes.content != NONE) & (scenes.host != NONE)
    is_guest = is_filled & (scenes.content >= 2 * PER_FAMILY)
    assert abs(is_guest.sum() / is_filled.sum() - 0.3) < 0.01
    assert set(scenes.content[is_guest].tolist()) == set(assignment.guests)
    # Noodles and soup are contents of F1 as well.
    assert not {CONTENTS[c] for c in assignment.guests} & {CONTENTS[c] for c in assignment.contents}
    hosts = Counter(scenes.host[is_guest].tolist())
    assert set(hosts) == set(assignment.contents)
    # About 525 each: five standard deviations.
    assert max(hosts.values()) - min(hosts.values()) < 2 * 5 * 525**0.5


def test_guests_change_nothing_of_what_is_held_out() -> None:
    with_guests = Assignment.of(("F1", "F2"), mix=Mix(guests=0.3))
    without = Assignment.of(("F1", "F2"))
    assert with_guests.evaluation == without.evaluation
    assert with_guests.tuning == without.tuning


def test_a_content_at_home_is_never_seen_elsewhere_and_another_one_takes_its_rung() -> None:
    drawn = Assignment.of(("F1", "F2"))
    coke = CONTENTS.index("iced coke")
    assert drawn.rung[coke] > 0
    at_home = Assignment.of(("F1", "F2"), mix=Mix(at_home=("iced coke",)))
    assert at_home.rung[coke] == 0
    assert Counter(at_home.rung.values()) == Counter(drawn.rung.values())
    moved = [content for content in drawn.contents if at_home.rung[content] != drawn.rung[content]]
    assert len(moved) == 2
    assert (at_home.evaluation, at_home.tuning) == (drawn.evaluation, drawn.tuning)
    scenes = biased(at_home, 100_000, torch.Generator().manual_seed(0))
    hosts = scenes.host[(scenes.content == coke) & (scenes.host != NONE)]
    assert set(hosts.tolist()) == {coke}


def test_a_content_that_is_none_cannot_be_kept_at_home() -> None:
    with pytest.raises(ValueError, match="no content cola"):
        Mix(at_home=("cola",))


def test_more_contents_at_home_than_the_lowest_rung_holds_are_refused_with_what_to_do() -> None:
    first = CONTENTS[: PER_FAMILY // 4]
    fourth = CONTENTS[PER_FAMILY // 4]
    full = Assignment.of(("F1",), mix=Mix(at_home=first))
    assert [full.rung[CONTENTS.index(name)] for name in first] == [0, 0, 0]
    with pytest.raises(ValueError, match=r"F1's lowest rung holds 3 .* 4 are .* name fewer"):
        Mix(at_home=(*first, fourth))
    # Each family has a lowest rung of its own.
    Mix(at_home=(*first, CONTENTS[PER_FAMILY]))


def test_a_mix_comes_back_from_its_json() -> None:
    mix = Mix(guests=0.3, at_home=("iced coke",))
    assert Mix.of_json(json.loads(json.dumps(asdict(mix)))) == mix


def test_the_uniform_world_shows_every_pair_of_a_family_and_others_only_when_asked() -> None:
    families = ("F1", "F3")
    scenes = uniform(families, 20_000, torch.Generator().manual_seed(0))
    pairs = {
        pair
        for pair in zip(scenes.content.tolist(), scenes.host.tolist(), strict=True)
        if NONE not in pair
    }
    assert len(pairs) == 2 * PER_FAMILY**2
    assert all(content // PER_FAMILY == host // PER_FAMILY for content, host in pairs)
    mixed = uniform(families, 2_000, torch.Generator().manual_seed(0), across=1.0)
    is_across = (mixed.content // PER_FAMILY) != (mixed.host // PER_FAMILY)
    assert is_across[(mixed.content != NONE) & (mixed.host != NONE)].float().mean() > 0.4


def test_a_mix_that_cannot_be_had_is_refused() -> None:
    with pytest.raises(ValueError, match="do not share 12 contents evenly"):
        Mix(rungs=(0.0, 0.1, 0.2, 0.3, 0.4))
    with pytest.raises(ValueError, match="at most 96 pairs are held out"):
        Mix(evaluation=80)
    with pytest.raises(ValueError, match="name one or several of F1, F2, F3, F4"):
        Assignment.of(("F9",))
    with pytest.raises(ValueError, match="guests are of families that are not learnt"):
        Assignment.of(ALL, mix=Mix(guests=0.3))
