import pytest

from dialogues.models import Organization
from intake.existing_records import ExistingRecords, NameRegister

pytestmark = pytest.mark.django_db


def registers(user):
    return NameRegister(user), ExistingRecords()


@pytest.mark.parametrize("other", ["Aa Office", "Zz Office"])  # sorted before and after the organization itself
def test_an_original_name_takes_precedence_over_a_translation_of_another(secretary, other):
    own = Organization.objects.create(name="Harbour House")
    Organization.objects.create(name=other, translations={"fr": {"name": "Harbour House"}})
    for register in registers(secretary):
        assert register.organization("harbour house") == own


@pytest.mark.parametrize("other", ["Aa Office", "Zz Office"])
def test_a_name_takes_precedence_over_an_acronym_of_another(secretary, other):
    own = Organization.objects.create(name="Open Door", translations={"fr": {"name": "PO"}})
    short = Organization.objects.create(name=other, acronym="PO")
    for register in registers(secretary):
        assert register.organization("PO") == own
        assert register.organization(other) == short
        assert register.organization("") is None
