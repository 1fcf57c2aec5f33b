import hashlib

import pytest

from dialogues.models import Summary
from tests import build
from tests.gate import is_absent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tasks_wait")]


@pytest.mark.parametrize(
    ("page", "name"),
    [("paper file", "the-dialogue-the-paper-en.pdf"), ("summary file", "the-dialogue-summary-en-v1.pdf")],
)
def test_a_file_is_sent_whole_with_a_descriptive_name(house, page, name, client):
    document = (house.paper if page == "paper file" else house.summary).document
    answer = client.get(house.address(page))
    assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == document.sha256
    assert answer.headers["Content-Disposition"] == f'inline; filename="{name}"'
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_the_original_filename_is_not_revealed(house, client):
    answer = client.get(house.address("paper file"))
    assert "programme.pdf" not in str(answer.headers)


@pytest.mark.parametrize("page", ["paper file", "summary file", "portrait"])
@pytest.mark.parametrize("asked", [{"Range": "bytes=0-9"}, {"If-None-Match": "*"}, {"If-Match": '"x"'}])
def test_conditional_and_range_requests_do_not_bypass_the_gate(house, page, asked, client):
    assert client.get(house.address(page), headers=asked).status_code in (206, 304, 412)
    house.close("dialogue")
    nothing = client.get("/there-is-nothing-here/", headers=asked)
    answer = client.get(house.address(page), headers=asked)
    assert (answer.status_code, answer.content, answer.headers) == (404, nothing.content, nothing.headers)


def test_a_summary_without_an_original_has_no_file_and_no_link_to_one(house, client):
    assert "file/" in client.get(house.address("summary")).content.decode()
    Summary.objects.update(document=None)
    assert "file/" not in client.get(house.address("summary")).content.decode()
    assert is_absent(client, house.address("summary file"))


def test_a_title_without_latin_letters_still_gives_a_filename(client):
    paper = build.paper(build.dialogue(slug="third"), title="برنامج", language="ar")
    assert client.get(paper.get_download_url()).headers["Content-Disposition"] == 'inline; filename="third--ar.pdf"'


def test_file_addresses_accept_only_get_and_head(house, client):
    for page in ("paper file", "summary file", "portrait"):
        assert client.post(house.address(page)).status_code == 405
