"""What the pages of contributions say to machines, in the words of schema.org. Names are those of the byline."""

from dialogues.linked_data import mention
from publishing.linked_data import address, day, organization, thing


def report(contribution, dialogue):
    """A contribution as the public reads it; one whose sender withholds their name has no author.

    `dialogue` is the one that it was sent to, or None where its name is not for the reader.
    """
    revision = contribution.content
    return thing(
        "Report",
        name=revision.title,
        url=address(contribution),
        inLanguage=revision.language,
        reportNumber=contribution.reference,
        datePublished=day(contribution.published_at),
        author=author(revision.byline),
        about=dialogue and mention(dialogue),
    )


def author(byline):
    """Who is named: a person, with their organization, or the organization alone; None if nobody is."""
    body = organization(byline.organization)
    return thing("Person", name=byline.person, affiliation=body) if byline.person else body
