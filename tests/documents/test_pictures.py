import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from PIL import Image, ImageCms

from documents import workflow
from documents.models import Picture, Rendition
from documents.pictures import MAX_PIXELS, UnrenderableError, check_picture, make_renditions
from documents.tasks import render_picture
from tests import files
from tests.background.set_aside import set_aside
from tests.documents.test_workflow import Broken, stored_files

UNSUPPORTED = ("unsupported", ["This type of picture is not accepted: send a JPEG, PNG or WebP."])
TOO_MANY = ("too_many_pixels", ["This picture has more than 40 million pixels: make it smaller and send it again."])


def refusal(content: bytes) -> tuple[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        check_picture(files.upload("a.jpg", content))
    return caught.value.code, caught.value.messages


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def encoded(image: Image.Image, format: str, **options) -> bytes:  # noqa: A002
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def sizes(content: bytes) -> list[tuple[int, int]]:
    return [(one.width, one.height) for one in make_renditions(content)]


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_pictures_are_accepted_whatever_their_name(format):  # noqa: A002
    upload = files.upload("a.gif", files.picture(format))
    assert check_picture(upload) is None
    assert upload.tell() == 0


@pytest.mark.parametrize(
    "content", [files.picture("GIF"), b"<svg/>", files.pdf(), b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]
)
def test_other_files_are_rejected(content):
    assert refusal(content) == UNSUPPORTED


def test_empty_picture_is_rejected():
    assert refusal(b"") == ("empty", ["This file is empty: choose another one."])


@pytest.mark.parametrize("claim", [(8000, 5001), (50_000, 50_000)])
def test_picture_with_too_many_pixels_is_rejected_without_decoding(claim):
    assert refusal(png_that_claims(*claim)) == TOO_MANY


def test_pixel_limit_is_exact():
    assert MAX_PIXELS == 8000 * 5000
    assert check_picture(files.upload("a.png", png_that_claims(8000, 5000))) is None


@pytest.mark.parametrize("claim", [(8000, 5001), (50_000, 50_000)])
def test_picture_with_too_many_pixels_is_not_rendered(claim):
    with pytest.raises(UnrenderableError):
        make_renditions(png_that_claims(*claim))


def test_truncated_picture_is_not_rendered():
    with pytest.raises(UnrenderableError):
        make_renditions(files.jpeg()[:700])


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((3000, 2000), [(160, 107), (480, 320), (960, 640)]),
        ((960, 960), [(160, 160), (480, 480), (960, 960)]),
        ((959, 100), [(160, 17), (480, 50)]),
        ((160, 1), [(160, 1)]),
        ((159, 200), [(159, 200)]),
        ((1, 1), [(1, 1)]),
    ],
)
@pytest.mark.parametrize("make", [files.jpeg, files.png])
def test_there_is_a_rendition_and_none_is_larger_than_the_original(make, size, expected):
    assert sizes(make(size)) == expected


def test_phone_picture_is_rendered_upright_and_without_its_location():
    image = Image.new("RGB", (400, 300), "red")
    image.paste("blue", (200, 0, 400, 300))
    exif = Image.Exif()
    exif[0x0112], exif[0x8825] = 6, files.GPS
    original = encoded(image, "JPEG", exif=exif.tobytes(), quality=95)
    assert b"Exif" in original

    (rendition,) = make_renditions(original)

    assert (rendition.width, rendition.height) == (160, 213)
    assert rendition.content[8:12] == b"WEBP"
    assert b"EXIF" not in rendition.content
    assert b"Exif" not in rendition.content
    with Image.open(io.BytesIO(rendition.content)) as upright:
        assert not upright.getexif()
        top, bottom = upright.getpixel((80, 40)), upright.getpixel((80, 170))
    assert top[0] > 200 > 100 > top[2]
    assert bottom[2] > 200 > 100 > bottom[0]


def test_transparency_is_kept():
    (rendition,) = make_renditions(encoded(Image.new("RGBA", (160, 160), (255, 0, 0, 0)), "PNG"))
    with Image.open(io.BytesIO(rendition.content)) as image:
        assert image.mode == "RGBA"
        assert image.getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_colour_profile_is_applied_and_dropped(mode):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    (rendition,) = make_renditions(encoded(Image.new(mode, (160, 90)), "JPEG", icc_profile=profile))
    assert b"ICCP" not in rendition.content
    with Image.open(io.BytesIO(rendition.content)) as image:
        assert (image.mode, image.size) == ("RGB", (160, 90))


@pytest.mark.django_db
class TestStoring:
    def stored(self, content=None, **words) -> Picture:
        picture = workflow.store_picture(
            files.upload("a.jpg", content or files.jpeg((1000, 500))), alt="A hall", **words
        )
        picture.refresh_from_db()
        return picture

    def test_store_saves_the_original_and_makes_renditions(self):
        picture = self.stored(credit="A. Photographer")
        assert (picture.alt, picture.credit, picture.state) == ("A hall", "A. Photographer", Picture.State.READY)
        assert list(picture.renditions.values_list("width", "height")) == [(160, 80), (480, 240), (960, 480)]
        assert storages["documents"].exists(picture.original.name)

    def test_description_is_required(self):
        before = stored_files()
        with pytest.raises(IntegrityError), transaction.atomic():
            workflow.store_picture(files.upload("a.jpg", files.jpeg()), alt="")
        assert stored_files() == before

    def test_file_is_deleted_when_its_task_cannot_be_queued(self, monkeypatch):
        before = stored_files()
        monkeypatch.setattr(workflow, "render_picture", Broken)
        with pytest.raises(IntegrityError):
            workflow.store_picture(files.upload("a.jpg", files.jpeg()), alt="A hall")
        assert stored_files() == before

    def test_picture_that_cannot_be_rendered_is_faulty(self):
        picture = self.stored(files.jpeg()[:700])
        assert picture.state == Picture.State.FAULTY
        assert picture.rendition_for(160) is None

    def test_smallest_rendition_that_is_wide_enough_is_chosen(self):
        picture = self.stored()
        assert [picture.rendition_for(width).width for width in (1, 160, 161, 960, 2000)] == [160, 160, 480, 960, 960]

    def test_prefetched_renditions_need_no_query(self, django_assert_num_queries):
        self.stored()
        self.stored()
        with django_assert_num_queries(2):
            pictures = [picture.rendition_for(480).width for picture in Picture.objects.prefetch_related("renditions")]
        assert pictures == [480, 480]

    def test_rendering_again_replaces_rows_and_files(self, django_capture_on_commit_callbacks):
        picture = self.stored()
        before = stored_files()
        with django_capture_on_commit_callbacks(execute=True):
            assert workflow.render_again([picture]) == 1
        assert Rendition.objects.count() == 3
        assert len(stored_files()) == len(before)
        assert all(storages["documents"].exists(one.file.name) for one in picture.renditions.all())

    def test_discard_deletes_rows_and_on_commit_all_files(self, django_capture_on_commit_callbacks):
        before = stored_files()
        picture = self.stored()
        pk = picture.pk
        with django_capture_on_commit_callbacks(execute=True):
            workflow.discard_picture(picture)
        assert not Picture.objects.exists()
        assert not Rendition.objects.exists()
        assert stored_files() == before
        assert render_picture.call(pk) is None

    def test_unready_pictures_are_waiting_or_faulty(self):
        ready, faulty = self.stored(), self.stored(files.jpeg()[:700])
        assert list(Picture.objects.unready()) == [faulty]
        assert ready in Picture.objects.all()


@pytest.mark.django_db
def test_a_picture_that_kills_its_worker_each_time_is_faulty_unless_it_was_ready(tasks_wait):
    picture = workflow.store_picture(files.upload("a.png", files.png()), alt="A hall")
    set_aside(render_picture, picture.pk)
    picture.refresh_from_db()
    assert picture.state == "faulty"
    render_picture.call(picture.pk)
    set_aside(render_picture, picture.pk)
    picture.refresh_from_db()
    assert picture.state == "ready"
