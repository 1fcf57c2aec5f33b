"""What each role may do, to the last permission."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from tests import build

pytestmark = pytest.mark.django_db

SECRETARIAT = """
accounts.add_user accounts.change_user accounts.view_user
contributions.add_call contributions.change_call contributions.delete_call contributions.publish_call
contributions.view_call contributions.add_guidingquestion contributions.change_guidingquestion
contributions.delete_guidingquestion contributions.view_guidingquestion contributions.change_contribution
contributions.publish_contribution contributions.view_contribution contributions.view_attachment
contributions.add_invitation contributions.change_invitation contributions.delete_invitation
contributions.view_invitation
dialogues.add_appearance dialogues.change_appearance dialogues.delete_appearance dialogues.view_appearance
dialogues.add_comment dialogues.change_comment dialogues.delete_comment dialogues.view_comment
dialogues.add_dialogue dialogues.change_dialogue dialogues.delete_dialogue dialogues.publish_dialogue
dialogues.view_dialogue dialogues.view_drafts
dialogues.add_expecteddocument dialogues.change_expecteddocument dialogues.delete_expecteddocument
dialogues.view_expecteddocument
dialogues.add_organization dialogues.change_organization dialogues.delete_organization dialogues.view_organization
dialogues.add_panel dialogues.change_panel dialogues.delete_panel dialogues.view_panel
dialogues.add_paper dialogues.change_paper dialogues.delete_paper dialogues.publish_paper dialogues.view_paper
dialogues.add_paragraph dialogues.change_paragraph dialogues.delete_paragraph dialogues.view_paragraph
dialogues.add_participationcount dialogues.change_participationcount dialogues.delete_participationcount
dialogues.view_participationcount
dialogues.add_quote dialogues.change_quote dialogues.delete_quote dialogues.publish_quote dialogues.view_quote
dialogues.add_series dialogues.change_series dialogues.delete_series dialogues.view_series
dialogues.add_sitting dialogues.change_sitting dialogues.delete_sitting dialogues.view_sitting
dialogues.add_speaker dialogues.change_speaker dialogues.delete_speaker dialogues.view_speaker
dialogues.add_summary dialogues.change_summary dialogues.delete_summary dialogues.publish_summary
dialogues.view_summary
dialogues.add_topic dialogues.change_topic dialogues.delete_topic dialogues.publish_topic dialogues.view_topic
dialogues.view_transition
documents.change_document documents.view_document documents.view_page documents.view_rendition
documents.add_picture documents.change_picture documents.delete_picture documents.view_picture
mail.change_letter mail.view_letter
    dialogues.add_preview dialogues.delete_preview dialogues.view_preview
    dialogues.view_deletion dialogues.restore_deletion
intake.add_batch intake.change_batch intake.delete_batch intake.view_batch
"""
REVIEWERS = """
contributions.change_contribution contributions.publish_contribution contributions.view_contribution
contributions.view_attachment contributions.view_call contributions.view_guidingquestion
dialogues.view_dialogue dialogues.view_organization dialogues.view_topic dialogues.view_transition
"""
CO_CHAIRS = "dialogues.add_comment dialogues.view_chaired_drafts"
ROLES = {"Secretariat": SECRETARIAT, "Reviewers": REVIEWERS, "Co-Chairs": CO_CHAIRS}


def test_there_are_three_roles():
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_do_this_and_no_more(role):
    assert build.user("a@example.org", role=role).get_all_permissions() == set(ROLES[role].split())


@pytest.mark.parametrize("role", ROLES)
def test_no_role_may_give_rights_or_touch_the_workings(role):
    rooms = {permission.split(".")[0] for permission in ROLES[role].split()}
    assert rooms <= {"accounts", "contributions", "dialogues", "documents", "intake", "mail"}


def test_every_right_of_a_role_is_one_that_a_model_has():
    """A right that the migration made and no model knows would be given for nothing."""
    known = {
        f"{model._meta.app_label}.{codename}"
        for model in apps.get_models()
        for codename in [f"{action}_{model._meta.model_name}" for action in model._meta.default_permissions]
        + [codename for codename, _ in model._meta.permissions]
    }
    given = {permission for role in ROLES.values() for permission in role.split()}
    assert given - known == set()


def test_the_migration_can_run_again_and_takes_nothing_away():
    migration = importlib.import_module("portal.migrations.0001_roles")
    reviewers = Group.objects.get(name="Reviewers")
    reviewers.permissions.add(Permission.objects.get(codename="view_paper"))
    migration.make_roles(apps, None)
    importlib.import_module("portal.migrations.0002_reviewers_see_no_stored_files").take_back(apps, None)
    importlib.import_module("portal.migrations.0003_secretariat_sees_letters").give(apps, None)
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    assert reviewers.permissions.count() == len(REVIEWERS.split()) + 1


def test_who_has_no_role_may_do_nothing(stranger):
    assert stranger.get_all_permissions() == set()
