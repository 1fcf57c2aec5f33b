"""People and organizations are chosen by name, and an address is not accepted as one."""

import pytest

from tests import build
from tests.gate import shows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["speaker", "organization"])
def test_an_address_is_refused_as_the_name_of_a_person_or_organization(desk, kind):
    said = "Enter a name without an address or phone number."
    fields = {"name": "ana@opendoor.example", "slug": "ana"}
    assert said in desk.post(f"/desk/add/{kind}/", fields).content.decode()
    dialogue = build.dialogue()
    person = {"role": "speaker", "speaker": "Ana Ruiz", "speaker-is-new": "on", "organization-is-new": "on"}
    add = f"/desk/add/appearance/?dialogue={dialogue.pk}"
    assert said in desk.post(add, person | {kind: "ana@opendoor.example"}).content.decode()
    assert not dialogue.appearances.exists()
    desk.post(add, person | {kind: "Ana Ruiz"})
    assert dialogue.appearances.exists()


def test_a_record_is_not_suggested_for_a_merger_with_itself(desk):
    kept, twin = build.speaker("Ana Sample"), build.speaker("Ana Samples")
    assert shows(desk, f"/desk/merge/speaker-{twin.pk}/", f'data-without="{twin.pk}"')
    assert desk.get(f"/desk/names/speaker/?q=ana&without={twin.pk}").json() == [kept.name]
    assert desk.get("/desk/names/speaker/?q=ana&without=").json() == [kept.name, twin.name]


def test_a_nul_character_in_a_search_is_left_out(desk):
    build.topic(name="Forced labour")
    assert desk.get("/desk/names/topic/?q=Forc%00ed").json() == ["Forced labour"]
    assert b"Forced labour" in desk.get("/desk/records/topic/?q=Forc%00ed").content
    assert b"Forced labour" in desk.get("/desk/search/?q=Forc%00ed").content
    assert desk.get("/desk/names/topic/?q=%00").json() == []


def test_names_of_an_unknown_kind_do_not_exist(desk):
    assert desk.get("/desk/names/nothing/?q=ana").status_code == 404
