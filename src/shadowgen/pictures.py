"""A picture of the workspace -> clean bytes. The only door to PIL.

The picture is decoded and encoded anew, so that nothing but its pixels reaches a document: no camera, place, author, comment or file name.
"""

from __future__ import annotations

import io
from pathlib import PurePosixPath

from shadowgen.workspace import Workspace, read_bytes

MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000


def load_picture(workspace: Workspace, folder: str, name: str) -> tuple[bytes, str]:
    """Return the clean bytes of `folder/name` and an empty reason, or no bytes and why not."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or path.suffix.lower() not in (".png", ".jpg", ".jpeg"):
        return b"", "a picture is a PNG or JPEG file beside the file that names it"
    place = workspace.root.resolve() / folder / name
    raw = read_bytes(place) if place.resolve() == place else None
    if raw is None:
        return b"", "there is no such file"
    if len(raw) > MAX_BYTES:
        return b"", f"the file is larger than {MAX_BYTES // 1_000_000} MB"
    return clean_picture(raw)


def clean_picture(raw: bytes) -> tuple[bytes, str]:
    """Return the pixels of a PNG or JPEG encoded anew, upright as its camera says, and an empty reason; or no bytes and why not."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(raw), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return b"", f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels"
            kind = picture.format
            mode = {"P": "RGBA", "CMYK": "RGB", "LA": "RGBA", "I;16": "L"}.get(picture.mode, picture.mode)
            upright = ImageOps.exif_transpose(picture)
            pixels = Image.new(mode, upright.size)
            pixels.paste(upright.convert(mode))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b"", "the file is not a picture that can be read"
    out = io.BytesIO()
    if kind == "JPEG":
        pixels.convert("RGB").save(out, "JPEG", quality=90, optimize=True)
    else:
        pixels.save(out, "PNG", optimize=True)
    return out.getvalue(), ""


def in_inks(data: bytes) -> tuple[str, bytes]:
    """Return a clean picture for the print shop, with its kind: a JPEG in CMYK, or as it is where it has greys only.

    What the three colours share is black ink, so that black lines and letters are black alone.
    """
    from PIL import Image, ImageChops

    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
        if picture.mode in ("L", "1"):
            return str(picture.format).lower(), data
        solid = picture.convert("RGBA")
        paper = Image.new("RGBA", solid.size, "white")
        colours = [ImageChops.invert(part) for part in Image.alpha_composite(paper, solid).convert("RGB").split()]
    black = ImageChops.darker(ImageChops.darker(colours[0], colours[1]), colours[2])
    out = io.BytesIO()
    inks = Image.merge("CMYK", [*(ImageChops.subtract(part, black) for part in colours), black])
    inks.save(out, "JPEG", quality=95, subsampling=0)
    return "jpeg", out.getvalue()
