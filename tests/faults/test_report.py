"""The figures of `make faults` count the faults that hit something, and no others."""

from types import SimpleNamespace

import pytest

from bench.faults.injector import drop_mail, kill_child, kill_command, kill_lane, take_mail_away
from bench.faults.ledger import seeded
from bench.faults.report import counts, figures
from mail.models import OutgoingEmail

HIT = {"fault": "lane", "activity": "filing", "has_hit": True, "settled": 1.0, "complaints": []}
MISS = HIT | {"fault": "mail_away", "activity": "draft", "has_hit": False, "settled": 2.0}
NO_FAULT = MISS | {"fault": "none", "settled": 0.0}


def test_only_faults_that_hit_something_are_counted():
    state = {"seed": "1", "parts": {"e1": [NO_FAULT, HIT, HIT, MISS]}}
    first, *_others, last = figures(state)
    assert first.value == 2
    assert last.value == 2.0
    assert counts(state) == "2 lane amid filing\nThese hit nothing and are not counted: 1 mail_away amid draft."


@pytest.mark.parametrize("fault", [kill_lane, kill_child, kill_command])
def test_the_death_of_a_process_that_is_not_there_hits_nothing(fault, monkeypatch):
    monkeypatch.setattr("bench.faults.injector.CHILD_PATIENCE", 0)
    assert not fault(SimpleNamespace(worker=2**30, commands=[], seconds_to_kill=0), seeded(1))


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [take_mail_away, drop_mail])
@pytest.mark.parametrize("waits", [True, False])
def test_a_mail_server_that_fails_hits_something_only_if_a_letter_waits(fault, waits, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    if waits:
        OutgoingEmail.objects.create(message_id="<1@x>", content={})
    mail = SimpleNamespace(behaves={})
    site = SimpleNamespace(mail=mail, close_mail=lambda: 25, open_mail=lambda port: None)
    assert fault(site, seeded(1)) == waits
    assert mail.behaves == {}
