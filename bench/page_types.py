"""The types of public page, each with the address of one page in the sample, for tests and benchmarks."""

from contributions.models import Attachment, Call, Contribution
from dialogues.models import ExpectedDocument, NewsItem, Paper, Photograph, Quote, Statement

SAMPLE = "/dialogues/sample-dialogue"
# The search page without a query, because pages with one are hidden from crawlers, which would lower the score.
MAIN = ("home", "dialogues", "dialogue", "summary", "contribution", "topic", "recommendations", "search-empty")


def page_types():
    """Return {name: address} for English. Addresses in other languages have a prefix."""
    contributions = Contribution.objects.published()
    expected = ExpectedDocument.objects.filter(dialogue__slug="sample-dialogue").first()
    found = FIXED | {
        "quote": Quote.objects.published().earliest("number").get_absolute_url(),
        "call": Call.objects.published().open().get().get_absolute_url(),
        "contribution": contributions.filter(shown__language="en").earliest("submitted_at").get_absolute_url(),
        "contribution-arabic": contributions.filter(shown__language="ar").earliest("submitted_at").get_absolute_url(),
        "watch": expected.alert_url,
    }
    found["statement"] = Statement.objects.published().earliest("number").get_absolute_url()
    found["photograph"] = Photograph.objects.published().earliest("number").get_absolute_url()
    paper = Paper.objects.published().earliest("pk")
    file = Attachment.objects.published().filter(language="en", document__kind="pdf").earliest("pk")
    found |= {"paper": paper.get_absolute_url(), "contribution-file": file.get_absolute_url()}
    for item in NewsItem.objects.published()[:1]:
        found["news-item"] = item.get_absolute_url()
    return found


FIXED = {
    "home": "/",
    "dialogues": "/dialogues/",
    "dialogues-of-a-year": "/dialogues/?series=trafficking-in-persons&year=2023",
    "dialogues-none": "/dialogues/?series=firearms&year=1999",
    "dialogue": f"{SAMPLE}/",
    "dialogue-of-which-little-is-known": "/dialogues/trafficking-in-persons-second-2023/",
    "panel": f"{SAMPLE}/panels/2/",
    "dialogue-quotes": f"{SAMPLE}/quotes/",
    "summary": f"{SAMPLE}/summary/en/v1/",
    "summary-french": f"{SAMPLE}/summary/fr/v1/",
    "summary-beside": f"{SAMPLE}/summary/en/v1/beside/fr/",
    "speakers": "/speakers/",
    "speaker": "/speakers/eleni-karavassili/",
    "quotes": "/quotes/",
    "topics": "/topics/",
    "topic": "/topics/debt-bondage/",
    "recommendations": "/recommendations/",
    "series-years": "/series/trafficking-in-persons/years/",
    "topic-years": "/topics/debt-bondage/years/",
    "news": "/news/",
    "awaited": "/awaited/",
    "contributions": "/contributions/",
    "contributions-none": "/contributions/?topic=no-such-topic",
    "participation": "/contributions/participation/",
    "accessibility": "/accessibility/",
    "about": "/about/",
    "follow": "/about/follow/",
    "citing": "/about/citing/",
    "privacy": "/about/privacy/",
    "contact": "/about/contact/",
    "terms": "/contributions/terms/",
    "check": "/contributions/check/",
    "search": "/search/?q=debt",
    "search-empty": "/search/",
    "search-nothing": "/search/?q=zzzzzz",
    "alert": "/search/alerts/new/?q=debt",
    "sign-in": "/accounts/sign-in/",
    "absent": "/nothing-here/",
}
