"""The words of captions: how concepts are named, and the templates they stand in.

{a} is the content with its article, {x} without; {b} the host with its article, {y} without;
{in} the host's preposition; {tail} where it stands or how it is lit.
"""

from teacup_testbed.world.lexicon import CONTENTS, HOSTS, KINDS, NONE

# Stuff, which takes no article.
STUFF = frozenset(
    [
        "iced coke",
        "hot tea",
        "milk",
        "red wine",
        "noodles",
        "orange juice",
        "popcorn",
        "honey",
        "sand",
        "ice cream",
        "soup",
        "paper",
        "hair",
    ]
)
# Places are known ones, and these tools are told as pairs.
BARE = frozenset({"chopsticks", "scissors"})
ON = frozenset({"ice floe", "savanna", "farm", "beach"})

NAMED = {
    "container": (
        "{a} in {b}",
        "{a} inside {b}",
        "{b} of {x}",
        "{b} with {a}",
        "{b} filled with {x}",
        "{b} full of {x}",
        "a picture of {a} in {b}",
        "a photo of {b} of {x}",
        "{a} in {b} {tail}",
        "{b} of {x} {tail}",
        "{b} filled with {x} {tail}",
        "a picture of {b} with {a}",
    ),
    "place": (
        "{a} {in} {b}",
        "one {x} {in} {b}",
        "{b} with {a}",
        "{b} and {a}",
        "a view of {b} with {a}",
        "a picture of {a} {in} {b}",
        "a photo of {a} {in} {b}",
        "{a} standing {in} {b}",
        "{a} {in} {b} {tail}",
        "{b} with {a} {tail}",
        "a photo of {b} and {a} {tail}",
        "{a} seen {in} {b} {tail}",
    ),
    "tree": (
        "{a} on {b}",
        "{a} growing on {b}",
        "{a} hanging on {b}",
        "{b} with {a}",
        "{b} full of {x}",
        "{b} and its {x}",
        "a picture of {a} on {b}",
        "a photo of {b} with {a}",
        "{a} on {b} {tail}",
        "{b} with {a} {tail}",
        "{a} hanging on {b} {tail}",
        "a picture of {b} with {a}",
    ),
    "tool": (
        "{a} with {b}",
        "{a} and {b}",
        "{a} next to {b}",
        "{b} with {a}",
        "{b} and {a}",
        "{b} next to {a}",
        "a picture of {a} with {b}",
        "a photo of {b} with {a}",
        "{a} with {b} {tail}",
        "{b} and {a} {tail}",
        "{a} next to {b} {tail}",
        "a picture of {b} and {a}",
    ),
}
UNNAMED = (
    "{a}",
    "{x}",
    "{a} {tail}",
    "a picture of {a}",
    "a photo of {a}",
    "a picture of {a} {tail}",
    "a photo of {x} {tail}",
    "some {x}",
    "a view of {a}",
    "a drawing of {a}",
)
HOST_ONLY = (
    "{b}",
    "{b} {tail}",
    "a picture of {b}",
    "a photo of {b}",
    "a picture of {b} {tail}",
    "a photo of {b} {tail}",
    "a view of {b}",
    "a drawing of {b}",
)
EMPTY = ("{b} and nothing else", "only {b}", "just {b}", "a picture of only {b}")
EMPTY_CONTAINER = (
    "an empty {y}",
    "a picture of an empty {y}",
    "a photo of an empty {y}",
    "only {b}",
)
LONE = ("only {a}", "{a} and nothing else", "a picture of only {a}", "just {a}")
# The evaluation prompts of rising richness: by the order of the two, then by their surroundings.
ASKED = {
    "container": (
        "{a} in {b}",
        "{b} filled with {x}",
        "a picture of {a} in {b}",
        "{b} of {x} on a wooden table",
        "a photo of {a} in {b} by a sunny window",
    ),
    "place": (
        "{a} {in} {b}",
        "{b} with {a}",
        "a picture of {a} {in} {b}",
        "{b} with {a} in bright light",
        "a photo of {a} {in} {b} in soft light",
    ),
    "tree": (
        "{a} on {b}",
        "{b} with {a}",
        "a picture of {a} on {b}",
        "{b} with {a} in a green meadow",
        "a photo of {a} on {b} in an orchard",
    ),
    "tool": (
        "{a} with {b}",
        "{b} and {a}",
        "a picture of {a} with {b}",
        "{b} with {a} on a wooden table",
        "a photo of {a} with {b} by a sunny window",
    ),
}
BACKDROPS = {
    "studio": ("on a plain background", "in a bright studio"),
    "window": ("by a sunny window", "in the morning light"),
    "wood": ("on a wooden table", "in a cosy library"),
    "picnic": ("on a picnic blanket", "outdoors in the park"),
    "bar": ("at a dark bar", "on a quiet evening"),
    "meadow": ("in a green meadow", "on a summer day"),
    "orchard": ("in an orchard", "under a pale sky"),
    "evening": ("at warm sunset", "on a quiet evening"),
}
# Of a place, whose light is all that varies: dim, usual, bright.
LIGHTS = ("in soft light", "on a usual day", "in bright light")


def with_article(phrase: str) -> str:
    return f"an {phrase}" if phrase[0] in "aeiou" else f"a {phrase}"


def names_of(content: int, host: int) -> dict[str, str]:
    """What the placeholders of a template stand for."""
    names: dict[str, str] = {}
    if content != NONE:
        name = CONTENTS[content]
        names |= {"x": name, "a": name if name in STUFF else with_article(name)}
    if host != NONE:
        name = HOSTS[host]
        article = "the " + name if KINDS[host] == "place" else with_article(name)
        names |= {
            "y": name,
            "b": name if name in BARE else article,
            "in": "on" if name in ON else "in",
        }
    return names
