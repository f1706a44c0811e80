"""Pictures as they travel: data URLs in, for endpoints that look at images."""

from __future__ import annotations

import base64
import binascii
import io
import warnings

from PIL import Image

from .errors import Refused

_MOST_PIXELS = 4096 * 4096
_FORMATS = ("PNG", "JPEG", "WEBP")


def read_picture(url: str, where: str) -> Image.Image:
    """RGB."""
    head, _, body = url.partition(",")
    if not head.startswith("data:image/") or not head.endswith(";base64"):
        raise Refused(f"{where} is no data URL of an image.")
    try:
        # Pillow only warns of a picture that is too large for any memory.
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(base64.b64decode(body, validate=True)), formats=_FORMATS)
            if opened.width * opened.height > _MOST_PIXELS:
                raise Refused(f"{where} is {opened.width} x {opened.height}: too large.")
            return opened.convert("RGB")
    except Refused:
        raise
    except (OSError, ValueError, SyntaxError, binascii.Error, Warning) as error:
        raise Refused(f"{where} cannot be read as a PNG, JPEG or WebP: {error}") from error
