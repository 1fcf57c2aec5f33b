"""Each role has exactly these permissions."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management.sql import emit_post_migrate_signal

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
contributions.add_callletter contributions.change_callletter contributions.delete_callletter
contributions.view_callletter
dialogues.add_appearance dialogues.change_appearance dialogues.delete_appearance dialogues.view_appearance
dialogues.add_comment dialogues.change_comment dialogues.delete_comment dialogues.view_comment
dialogues.add_dialogue dialogues.change_dialogue dialogues.delete_dialogue dialogues.publish_dialogue
dialogues.view_dialogue publishing.view_drafts
dialogues.add_expecteddocument dialogues.change_expecteddocument dialogues.delete_expecteddocument
dialogues.view_expecteddocument
dialogues.add_organization dialogues.change_organization dialogues.delete_organization dialogues.view_organization
dialogues.add_panel dialogues.change_panel dialogues.delete_panel dialogues.view_panel
dialogues.add_paper dialogues.change_paper dialogues.delete_paper dialogues.publish_paper dialogues.view_paper
dialogues.add_paragraph dialogues.change_paragraph dialogues.delete_paragraph dialogues.view_paragraph
dialogues.add_participationcount dialogues.change_participationcount dialogues.delete_participationcount
dialogues.view_participationcount
dialogues.add_photograph dialogues.change_photograph dialogues.delete_photograph dialogues.publish_photograph
dialogues.view_photograph
dialogues.add_recording dialogues.change_recording dialogues.delete_recording dialogues.view_recording
dialogues.add_statement dialogues.change_statement dialogues.delete_statement dialogues.publish_statement
dialogues.view_statement
dialogues.add_quote dialogues.change_quote dialogues.delete_quote dialogues.publish_quote dialogues.view_quote
dialogues.add_series dialogues.change_series dialogues.delete_series dialogues.view_series
dialogues.add_sitting dialogues.change_sitting dialogues.delete_sitting dialogues.view_sitting
dialogues.add_speaker dialogues.change_speaker dialogues.delete_speaker dialogues.view_speaker
dialogues.add_summary dialogues.change_summary dialogues.delete_summary dialogues.publish_summary
dialogues.view_summary
dialogues.add_topic dialogues.change_topic dialogues.delete_topic dialogues.publish_topic dialogues.view_topic
publishing.view_transition
documents.change_document documents.view_document documents.view_page documents.view_rendition
documents.add_picture documents.change_picture documents.delete_picture documents.view_picture
mail.add_lettertext mail.change_lettertext mail.delete_lettertext mail.view_lettertext
background.change_queuedtask mail.change_outgoingemail mail.view_outgoingemail
publishing.add_preview publishing.delete_preview publishing.view_preview
publishing.add_sitetext publishing.change_sitetext publishing.delete_sitetext publishing.view_sitetext
publishing.view_deletion publishing.restore_deletion
intake.add_batch intake.change_batch intake.delete_batch intake.view_batch
dialogues.add_newsitem dialogues.change_newsitem dialogues.delete_newsitem dialogues.publish_newsitem
dialogues.view_newsitem
search.add_concept search.change_concept search.delete_concept search.view_concept
"""
REVIEWERS = """
contributions.change_contribution contributions.publish_contribution contributions.view_contribution
contributions.view_attachment contributions.view_call contributions.view_guidingquestion
dialogues.view_dialogue dialogues.view_organization dialogues.view_topic publishing.view_transition
"""
CO_CHAIRS = "dialogues.add_comment dialogues.view_chaired_drafts"
ROLES = {"Secretariat": SECRETARIAT, "Reviewers": REVIEWERS, "Co-Chairs": CO_CHAIRS}


def test_there_are_three_roles():
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_exactly_these_permissions(role):
    assert build.user("a@example.org", role=role).get_all_permissions() == set(ROLES[role].split())


@pytest.mark.parametrize("role", ROLES)
def test_no_role_has_permissions_in_system_apps(role):
    rooms = {permission.split(".")[0] for permission in ROLES[role].split()}
    assert rooms <= {
        "accounts",
        "background",
        "contributions",
        "dialogues",
        "documents",
        "intake",
        "mail",
        "publishing",
        "search",
    }


def test_every_permission_of_a_role_is_declared_by_a_model():
    """A permission that no model declares would have no effect."""
    known = {
        f"{model._meta.app_label}.{codename}"
        for model in apps.get_models()
        for codename in [f"{action}_{model._meta.model_name}" for action in model._meta.default_permissions]
        + [codename for codename, _ in model._meta.permissions]
    }
    given = {permission for role in ROLES.values() for permission in role.split()}
    assert given - known == set()


def test_each_migration_resets_the_permissions_of_the_roles():
    reviewers = Group.objects.get(name="Reviewers")
    reviewers.permissions.add(Permission.objects.get(codename="view_paper"))
    reviewers.permissions.remove(Permission.objects.get(codename="view_call"))
    Group.objects.get(name="Co-Chairs").delete()
    other = Group.objects.create(name="Translators")
    other.permissions.add(Permission.objects.get(codename="view_paper"))
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")  # as `migrate` does when it is done
    assert build.user("r@example.org", role="Reviewers").get_all_permissions() == set(REVIEWERS.split())
    assert build.user("c@example.org", role="Co-Chairs").get_all_permissions() == set(CO_CHAIRS.split())
    assert other.permissions.count() == 1


def test_a_user_without_a_role_has_no_permissions(stranger):
    assert stranger.get_all_permissions() == set()
