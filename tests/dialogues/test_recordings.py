"""Recordings on other sites, with the moment at which a panel, a quote or a statement begins."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from dialogues.models import Recording
from dialogues.models.recordings import timecode
from dialogues.recording_links import link_at
from tests import build
from tests.gate import hides, shows


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://media.un.org/en/asset/k1x/k1xyz", "https://media.un.org/en/asset/k1x/k1xyz?kalturaStartTime=75"),
        ("https://webtv.un.org/en/asset/k1x?kalturaStartTime=9", "https://webtv.un.org/en/asset/k1x?kalturaStartTime=75"),
        ("https://www.youtube.com/watch?v=abc&t=9s", "https://www.youtube.com/watch?v=abc&t=75"),
        ("https://youtu.be/abc", "https://youtu.be/abc?t=75"),
        ("https://vimeo.com/123", "https://vimeo.com/123#t=75"),
        ("https://files.example/day.MP4?key=1", "https://files.example/day.MP4?key=1#t=75"),
        ("https://example.org/watch/7", "https://example.org/watch/7"),
        ("https://notyoutube.com/watch?v=abc", "https://notyoutube.com/watch?v=abc"),
    ],
)  # fmt: skip
def test_links_start_at_the_moment_where_the_site_allows_it(address, expected):
    assert link_at(address, 75) == expected
    assert link_at(address, None) == address


def test_times_are_shown_as_hours_minutes_and_seconds():
    assert [timecode(seconds) for seconds in (0, 59, 75, 3723, 36000)] == [
        "0:00:00", "0:00:59", "0:01:15", "1:02:03", "10:00:00",
    ]  # fmt: skip


@pytest.mark.django_db
class TestRecordings:
    @pytest.fixture
    def dialogue(self):
        return build.dialogue()

    @pytest.fixture
    def recording(self, dialogue):
        return build.recording(dialogue)

    def test_only_encrypted_addresses_are_taken(self, dialogue):
        for address in ("http://media.un.org/x", "javascript:alert(1)", "ftp://media.un.org/x"):
            with pytest.raises(ValidationError):
                Recording(dialogue=dialogue, title="Morning", url=address).full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            Recording.objects.create(dialogue=dialogue, title="Morning", url="http://media.un.org/x")

    def test_pages_link_to_the_moment_and_load_nothing_from_there(self, client, dialogue, recording):
        panel = build.panel(dialogue, recording=recording, recording_seconds=3723)
        quote = build.quote(build.appearance(dialogue, panel=panel), recording=recording, recording_seconds=75)
        link = 'href="https://media.un.org/en/asset/k1x?kalturaStartTime='
        assert shows(client, panel.get_absolute_url(), f'{link}3723"', "Recording from 1:02:03")
        # In Arabic, a space inside an element with its own direction would not part it from the words before it.
        assert shows(client, panel.get_absolute_url(), " (<bdi>media.un.org</bdi>)")
        assert shows(client, quote.get_absolute_url(), f'{link}75"', "Recording from 0:01:15")
        assert shows(client, dialogue.get_absolute_url(), f'{link}3723"', 'href="https://media.un.org/en/asset/k1x"')
        for page in (panel, quote, dialogue):
            assert hides(client, page.get_absolute_url(), "<iframe", 'src="https://media')

    def test_a_recording_is_public_with_its_dialogue(self, client):
        hidden = build.recording(build.dialogue(public=False))
        assert hidden not in Recording.objects.published()
        assert hidden in Recording.objects.visible_to(build.user("s@example.org", role="Secretariat"))

    def test_a_time_needs_its_recording(self, dialogue):
        panel = build.panel(dialogue)
        panel.recording_seconds = 75
        with pytest.raises(ValidationError) as error:
            panel.full_clean()
        assert list(error.value.message_dict) == ["recording"]

    def test_records_stay_when_a_recording_is_deleted(self, dialogue, recording):
        panel = build.panel(dialogue, recording=recording)
        recording.delete()
        panel.refresh_from_db()
        assert (panel.recording, panel.recording_url, panel.recording_time) == (None, "", "")


@pytest.mark.django_db
class TestDesk:
    def test_a_recording_is_added_and_offered_to_its_own_dialogue(self, desk):
        dialogue, other = build.dialogue(), build.dialogue()
        assert "recording" not in desk.get(f"/desk/add/panel/?dialogue={dialogue.pk}").context["form"].fields
        sent = {"title": "Morning", "url": "https://media.un.org/en/asset/k1x", "language": "en"}
        refused = desk.post(f"/desk/add/recording/?dialogue={dialogue.pk}", {**sent, "url": "http://media.un.org/x"})
        assert "Enter an address that begins with https://." in refused.content.decode()
        desk.post(f"/desk/add/recording/?dialogue={dialogue.pk}", sent)
        recording = dialogue.recordings.get()
        foreign = build.recording(other)
        panel = {
            "number": 1,
            "kind": "panel",
            "title": "Ports",
            "recording": recording.pk,
            "recording_seconds": "1:02:03",
        }
        wrong = desk.post(f"/desk/add/panel/?dialogue={dialogue.pk}", {**panel, "recording_seconds": "1:75"})
        assert "Enter hours, minutes and seconds" in wrong.content.decode()
        assert 'value="1:75"' in wrong.content.decode()
        long = desk.post(f"/desk/add/panel/?dialogue={dialogue.pk}", {**panel, "recording_seconds": "24:00:01"})
        assert "A recording lasts 24 hours at most." in long.content.decode()
        desk.post(f"/desk/add/panel/?dialogue={dialogue.pk}", {**panel, "recording": foreign.pk})
        assert not dialogue.panels.exists()
        desk.post(f"/desk/add/panel/?dialogue={dialogue.pk}", panel)
        made = dialogue.panels.get()
        assert (made.recording, made.recording_seconds) == (recording, 3723)
        assert shows(desk, f"/desk/panel-{made.pk}/", 'value="1:02:03"')
        assert shows(desk, f"/desk/dialogues/{dialogue.pk}/programme/", "Recording from 1:02:03", "Morning")

    @pytest.mark.parametrize(("typed", "seconds"), [("2:05", 125), ("62:03", None), ("10:00:00", 36000), ("", None)])
    def test_times_are_read_with_and_without_hours(self, desk, typed, seconds):
        dialogue = build.dialogue()
        recording, seat = build.recording(dialogue), build.appearance(dialogue)
        sent = {"appearance": seat.pk, "text": "Words.", "language": "en", "recording": recording.pk}
        desk.post(f"/desk/add/quote/?dialogue={dialogue.pk}", {**sent, "recording_seconds": typed})
        made = seat.quotes.first()
        assert (made.recording_seconds if made else None) == seconds
        assert (made is None) == (typed == "62:03")
