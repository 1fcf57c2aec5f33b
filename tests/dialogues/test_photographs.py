"""Photographs of dialogues: consent, the gate, and pictures without metadata."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from PIL import Image

from dialogues.models import Photograph
from dialogues.workflow import withdraw_consent
from publishing.models import Transition
from publishing.workflow import publish, share, unpublish
from tests import build, files
from tests.desk.test_records import edit
from tests.gate import hides, is_absent, shows

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue():
    return build.dialogue()


@pytest.fixture
def photograph(dialogue):
    return build.photograph(dialogue)


def without_consent(dialogue):
    return build.photograph(dialogue, public=False, consented_on=None, consent_note="")


def test_a_photograph_is_shown_with_its_description_and_credit(client, dialogue, photograph):
    small = photograph.get_picture_url(480)
    assert shows(client, dialogue.get_absolute_url(), "The hall", f'src="{small}"', 'alt="A full hall"')
    assert shows(client, photograph.get_absolute_url(), "The hall", "A. Photographer", 'alt="A full hall"')
    answer = client.get(small)
    assert answer.headers["Content-Type"] == "image/webp"
    assert "no-cache" in answer.headers["Cache-Control"]
    with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as image:
        assert not image.getexif()


def test_the_description_says_its_language(client, dialogue, photograph):
    assert shows(client, f"/fr{dialogue.get_absolute_url()}", 'alt="A full hall" lang="en"')
    photograph.translations = {"fr": {"alt": "Une salle pleine"}}
    photograph.save()
    assert shows(client, f"/fr{dialogue.get_absolute_url()}", 'alt="Une salle pleine" lang="fr"')


def test_a_credit_is_shown_in_the_language_of_the_page_and_may_stay_a_name(client, photograph):
    page = f"/fr{photograph.get_absolute_url()}"
    assert shows(client, page, '<span lang="en" dir="ltr">A. Photographer</span>')
    assert photograph.missing_languages("credit") == []  # most credits are names
    assert not photograph.localized.credit.is_untranslated
    photograph.translations = {"fr": {"credit": "Photo du secrétariat"}}
    photograph.save()
    assert shows(client, page, "Photo du secrétariat")


def test_nothing_is_published_without_consent(dialogue, secretary):
    made = without_consent(dialogue)
    with pytest.raises(ValidationError, match="Record the consent"):
        publish(made, by=secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        Photograph.objects.filter(pk=made.pk).update(published_at="2024-07-10T00:00Z")
    with pytest.raises(IntegrityError), transaction.atomic():
        Photograph.objects.filter(pk=made.pk).update(consented_on="2024-07-10")


def test_nothing_is_published_before_the_picture_is_ready(dialogue, secretary, tasks_wait):
    made = build.photograph(dialogue, public=False)
    with pytest.raises(ValidationError, match="not ready yet"):
        publish(made, by=secretary)


def test_a_withdrawal_hides_it_at_once(client, dialogue, photograph, secretary):
    addresses = [photograph.get_absolute_url(), photograph.get_picture_url(480)]
    assert all(client.get(address).status_code == 200 for address in addresses)
    withdraw_consent(photograph, by=secretary)
    assert all(is_absent(client, address) for address in addresses)
    assert hides(client, dialogue.get_absolute_url(), "The hall")
    assert (photograph.is_published, photograph.consented_on, photograph.consent_note) == (False, None, "")
    verbs = list(Transition.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-2:] == ["unpublish", "withdraw_consent"]
    with pytest.raises(ValidationError, match="was withdrawn on"):
        publish(photograph, by=secretary)
    with pytest.raises(ValidationError, match="No consent is recorded"):
        withdraw_consent(photograph, by=secretary)


def test_a_withdrawal_hides_it_from_chairs_and_from_those_with_a_preview(
    client, dialogue, photograph, secretary, browser_of
):
    chair = browser_of(build.co_chair(dialogue))
    preview = share(photograph, by=secretary, days=5)
    unpublish(photograph, by=secretary)
    assert chair.get(photograph.get_absolute_url()).status_code == 200
    assert client.get(preview.get_absolute_url()).status_code == 200
    withdraw_consent(photograph, by=secretary)
    assert is_absent(chair, photograph.get_absolute_url())
    assert is_absent(chair, photograph.get_picture_url(480))
    assert client.get(preview.get_absolute_url()).status_code == 404
    assert browser_of(secretary).get(photograph.get_absolute_url()).status_code == 200


def test_only_those_who_may_change_photographs_withdraw_consent(photograph, reviewer):
    with pytest.raises(PermissionDenied):
        withdraw_consent(photograph, by=reviewer)
    photograph.refresh_from_db()
    assert photograph.is_published


@pytest.mark.parametrize("gate", ["photograph", "dialogue"])
def test_hidden_photographs_are_absent(client, dialogue, photograph, gate, desk):
    record = photograph if gate == "photograph" else dialogue
    type(record).objects.filter(pk=record.pk).update(published_at=None)
    for address in (photograph.get_absolute_url(), photograph.get_picture_url(480)):
        assert is_absent(client, address)
        assert desk.get(address).status_code == 200


class TestDesk:
    def add(self, desk, dialogue, **fields):
        sent = {"upload": files.upload("hall.jpg", files.jpeg()), "alt": "A hall", "credit": "A. N.", **fields}
        return desk.post(f"/desk/add/photograph/?dialogue={dialogue.pk}", sent)

    def test_a_photograph_needs_an_alternative_text(self, desk, dialogue):
        self.add(desk, dialogue, alt=" ")
        assert not dialogue.photographs.exists()
        self.add(desk, dialogue)
        made = dialogue.photographs.get()
        assert (made.picture.alt, made.picture.credit, made.consented_on) == ("A hall", "A. N.", None)
        assert shows(desk, f"/desk/dialogues/{dialogue.pk}/documents/", "No consent", 'alt="A hall"')
        assert shows(desk, f"/desk/publish/?record=photograph-{made.pk}", "Record the consent")

    def test_a_photograph_without_consent_is_not_offered_for_publication(self, desk, dialogue):
        bare, ready = without_consent(dialogue), build.photograph(dialogue, public=False)
        page = desk.get(f"/desk/dialogues/{dialogue.pk}/publication/").content.decode()
        assert (f"photograph-{ready.pk}" in page, f"photograph-{bare.pk}" in page) == (True, False)
        assert "Photographs without consent are not listed." in page

    def test_everything_is_published_only_if_no_photograph_waits_for_consent(self, desk, dialogue, photograph):
        address = f"/desk/dialogues/{dialogue.pk}/publication/"
        assert shows(desk, address, "Everything is published.")
        without_consent(dialogue)
        assert hides(desk, address, "Everything is published.")

    def test_consent_is_recorded_with_the_name_of_the_user(self, desk, dialogue, secretary):
        made = without_consent(dialogue)
        address = f"/desk/photograph-{made.pk}/"
        assert "Enter how consent was given." in edit(desk, address, consented_on="2024-07-09").content.decode()
        edit(desk, address, consented_on="2024-07-09", consent_note="Forms")
        made.refresh_from_db()
        assert (str(made.consented_on), made.consent_note, made.consent_by) == ("2024-07-09", "Forms", secretary)

    def test_the_consent_of_a_published_photograph_is_withdrawn_not_emptied(self, desk, photograph):
        address = f"/desk/photograph-{photograph.pk}/"
        page = edit(desk, address, consented_on="", consent_note="").content.decode()
        assert "Use “Consent was withdrawn”" in page
        photograph.refresh_from_db()
        assert photograph.is_published
        page = desk.post(f"/desk/photographs/{photograph.pk}/withdraw/", follow=True).content.decode()
        assert "Consent is withdrawn." in page
        photograph.refresh_from_db()
        assert not photograph.is_published
        edit(desk, address, consented_on="2024-08-01", consent_note="New forms")
        photograph.refresh_from_db()
        assert (photograph.consent_withdrawn_at, photograph.is_published) == (None, False)

    def test_the_description_is_corrected_and_the_picture_stays(self, desk, photograph):
        edit(desk, f"/desk/photograph-{photograph.pk}/", alt="A crowded hall")
        photograph.refresh_from_db()
        assert photograph.picture.alt == "A crowded hall"
        assert "upload" not in desk.get(f"/desk/photograph-{photograph.pk}/").context["form"].fields

    def replace(self, desk, photograph, **fields):
        upload = files.upload("other.jpg", files.jpeg())
        edit(desk, f"/desk/photograph-{photograph.pk}/", upload=upload, **fields)
        photograph.refresh_from_db()
        return photograph

    def test_another_picture_needs_a_consent_of_its_own(self, desk, dialogue, secretary):
        made = build.photograph(dialogue, public=False)
        old = made.picture_id
        self.replace(desk, made, credit="B. N.")
        assert made.picture_id != old
        assert (made.picture.alt, made.picture.credit) == ("A full hall", "B. N.")
        assert (made.consented_on, made.consent_note, made.consent_by) == (None, "", None)
        self.replace(desk, made, consented_on="2024-08-02", consent_note="New forms")
        assert (str(made.consented_on), made.consent_note, made.consent_by) == ("2024-08-02", "New forms", secretary)

    def test_another_picture_can_follow_one_whose_consent_was_withdrawn(self, desk, photograph, secretary):
        withdraw_consent(photograph, by=secretary)
        self.replace(desk, photograph, consented_on="2024-08-02", consent_note="New forms")
        publish(photograph, by=secretary)
        assert photograph.is_published

    def test_a_damaged_picture_says_what_to_do(self, desk, dialogue):
        upload = files.upload("hall.jpg", files.jpeg()[:700])
        self.add(desk, dialogue, upload=upload)
        made = dialogue.photographs.get()
        assert shows(desk, f"/desk/photograph-{made.pk}/", "This picture is damaged. Choose another above.")
        assert hides(desk, dialogue.get_absolute_url(), made.small_url)
        self.replace(desk, made)
        assert hides(desk, f"/desk/photograph-{made.pk}/", "This picture is damaged.")
        assert shows(desk, dialogue.get_absolute_url(), made.small_url)

    def test_no_preview_is_offered_once_consent_is_withdrawn(self, desk, photograph, secretary):
        address, key = f"/desk/photograph-{photograph.pk}/", f"photograph-{photograph.pk}"
        assert shows(desk, address, f"/desk/preview/{key}/", f"/desk/share/{key}/", f"/desk/page/{key}/")
        withdraw_consent(photograph, by=secretary)
        assert hides(desk, address, f"/desk/preview/{key}/", f"/desk/share/{key}/", f"/desk/page/{key}/")
        with pytest.raises(ValidationError, match="cannot be shown to anyone"):
            share(photograph, by=secretary, days=5)

    def test_reviewers_withdraw_nothing(self, browser_of, reviewer, photograph):
        answer = browser_of(reviewer).post(f"/desk/photographs/{photograph.pk}/withdraw/")
        assert answer.status_code == 403
        photograph.refresh_from_db()
        assert photograph.is_published
