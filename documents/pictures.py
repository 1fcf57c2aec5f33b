"""Pictures: the check of an upload, and the renditions that are delivered."""

import io
from dataclasses import dataclass
from typing import cast

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from .upload_checks import check_size

FORMATS = ["PNG", "JPEG", "WEBP"]
MAX_PIXELS = 40_000_000
WIDTHS = (160, 480, 960)  # pixels
QUALITY = 80  # of WebP, from 0 to 100
MEDIA_TYPE = "image/webp"


class UnrenderableError(Exception):
    """No renditions can be made of a picture."""


@dataclass(frozen=True)
class RenderedPicture:
    """One rendition: its size in pixels, and its content as WebP."""

    width: int
    height: int
    content: bytes


def check_picture(upload: UploadedFile) -> None:
    """Raise ValidationError ("empty", "too_large", "unsupported", "too_many_pixels"); only the header is decoded."""
    check_size(upload)
    upload.seek(0)
    try:
        with Image.open(io.BytesIO(upload.read()), formats=FORMATS) as image:
            width, height = image.size
    except Image.DecompressionBombError:
        width = height = MAX_PIXELS
    except Exception as error:
        # Pillow raises various errors for a broken header.
        raise ValidationError(
            _("This type of picture is not accepted: send a JPEG, PNG or WebP."), "unsupported"
        ) from error
    finally:
        upload.seek(0)
    if width * height > MAX_PIXELS:
        raise ValidationError(
            _("This picture has more than 40 million pixels: make it smaller and send it again."), "too_many_pixels"
        )


def make_renditions(original: bytes) -> list[RenderedPicture]:
    """Return a picture, upright and without metadata, in each of WIDTHS up to its own width, or else in its own width.

    Raise UnrenderableError.
    """
    try:
        with Image.open(io.BytesIO(original), formats=FORMATS) as image:
            return _renditions(image)
    except Exception as error:
        # The content comes from outside, and decoders raise errors of all kinds.
        raise UnrenderableError from error


def _renditions(image: Image.Image) -> list[RenderedPicture]:
    if image.width * image.height > MAX_PIXELS:
        raise UnrenderableError
    # Lets a JPEG be decoded at a half, a quarter or an eighth of its size if that is still wide enough.
    image.draft(None, (WIDTHS[-1], WIDTHS[-1]))
    upright = _in_srgb(ImageOps.exif_transpose(image))
    widths = [width for width in WIDTHS if width <= upright.width] or [upright.width]
    return [_scaled(upright, width) for width in widths]


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return a picture in the colour space that browsers assume, as its profile is dropped with the metadata."""
    profile, mode = image.info.get("icc_profile"), "RGBA" if image.has_transparency_data else "RGB"
    if not profile or mode == "RGBA" or image.mode not in ("RGB", "CMYK", "L"):
        return image.convert(mode)
    try:
        source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        # The result is None only for a conversion in place.
        return cast("Image.Image", ImageCms.profileToProfile(image, source, target, outputMode="RGB"))
    except (ImageCms.PyCMSError, OSError):
        return image.convert(mode)


def _scaled(image: Image.Image, width: int) -> RenderedPicture:
    height = max(1, round(image.height * width / image.width))
    file = io.BytesIO()
    image.resize((width, height), Image.Resampling.LANCZOS).save(file, "WEBP", quality=QUALITY, exif=b"", xmp=b"")
    return RenderedPicture(width, height, file.getvalue())
