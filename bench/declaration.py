"""The Universal Declaration of Human Rights as published contributions, one in each of the six languages."""

import json

from django.utils import timezone

from bench.records import publish_many
from contributions.models import Call, Contribution, Revision
from dialogues.models import Dialogue, Organization, Series
from publishing import workflow

NAME = "Universal Declaration of Human Rights"


def load(path):
    """Import a file of {language: headings and paragraphs}; a contribution is numbered `UDHR-<language>`."""
    body, _ = Organization.objects.get_or_create(
        name="United Nations", defaults={"type": Organization.Type.INTERGOVERNMENTAL}
    )
    call = call_for_declaration()
    return publish_many(
        (
            Contribution(call=call, reference=f"UDHR-{language.upper()}", organization=body),
            Revision(
                organization_name=body.name, title=title, text="\n\n".join(paragraphs),
                language=language,
            ),
        )
        for language, (title, *paragraphs) in json.loads(path.read_text("utf8")).items()
    )  # fmt: skip


def call_for_declaration():
    """Return a published call of a dialogue of its own."""
    series = Series.objects.create(code="UDHR", name=NAME, slug="declaration")
    dialogue = Dialogue.objects.create(series=series, slug="declaration", title=NAME, date_note="1948")
    now = timezone.now()
    call = Call.objects.create(
        dialogue=dialogue, title="Texts", opens_at=now - timezone.timedelta(days=1), closes_at=now
    )
    workflow.publish(dialogue, by=None)
    workflow.publish(call, by=None)
    return call
