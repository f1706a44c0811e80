"""The concepts of the world: 4 families of 12 contents and 12 hosts.

Ids are global: content and host run from 0 to 47, family `id // 12`; the host with a content's own
id is its typical one. NONE stands for no content, or no host.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from teacup_testbed.world.atlas import read_index

NONE = -1
PER_FAMILY = 12


@dataclass(frozen=True, slots=True)
class Family:
    id: str
    contents: tuple[str, ...]
    hosts: tuple[str, ...]


FAMILIES: tuple[Family, ...] = tuple(
    Family(family["id"], tuple(family["contents"]), tuple(family["hosts"]))
    for family in read_index()["families"]
)
CONTENTS: tuple[str, ...] = tuple(name for family in FAMILIES for name in family.contents)
HOSTS: tuple[str, ...] = tuple(name for family in FAMILIES for name in family.hosts)
# container, place, tree or tool
KINDS: tuple[str, ...] = tuple(host["kind"] for host in read_index()["hosts"])

# Noodles and soup belong to two families and are one picture under one name: the first id stands
# for both wherever a picture is judged.
LOOKS_LIKE: tuple[int, ...] = tuple(CONTENTS.index(name) for name in CONTENTS)


def family_numbers(names: tuple[str, ...]) -> tuple[int, ...]:
    """The places of families in FAMILIES; ValueError for a name that is none."""
    known = [family.id for family in FAMILIES]
    for name in names:
        if name not in known:
            raise ValueError(f"no family {name!r}: name one or several of {', '.join(known)}")
    if not names:
        raise ValueError(f"no family: name one or several of {', '.join(known)}")
    return tuple(known.index(name) for name in names)


def family_of(concept: int) -> Family:
    """Of a content or of a host, by its id."""
    return FAMILIES[concept // PER_FAMILY]


def ids_of(numbers: Iterable[int]) -> list[int]:
    """Ids of the contents of families, by their places in FAMILIES; of their hosts, too."""
    return [number * PER_FAMILY + k for number in numbers for k in range(PER_FAMILY)]
