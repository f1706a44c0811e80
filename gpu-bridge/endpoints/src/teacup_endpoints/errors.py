"""What goes wrong in ways that a person can act on. Each message is a sentence."""


class Refused(ValueError):
    """The input cannot be drawn as asked: asking again would not help."""


class Failed(RuntimeError):
    """This attempt failed; another one may succeed."""
