"""A web process that only searches; it prints the number of searches and its memory in MB afterwards."""

import random
import re

import django

django.setup()

from django.test import Client  # noqa: E402

from bench.search_questions import QUESTIONS  # noqa: E402
from contributions.models import Contribution  # noqa: E402

SEARCHES = 1_000


def main():
    browser = Client(HTTP_HOST="localhost")
    for line in lines(random.Random(1)):  # noqa: S311 - the same ones in every run
        browser.get("/search/", {"q": line})
    print(SEARCHES, held())


def lines(chance):
    """Yield our queries, then pairs of words from the statements, so that the caches of the process fill up."""
    references = list(Contribution.objects.published().values_list("pk", flat=True))
    for number in range(SEARCHES):
        if number < len(QUESTIONS):
            yield QUESTIONS[number]
        else:
            text = Contribution.objects.get(pk=chance.choice(references)).shown.text
            yield " ".join(chance.sample(sorted(set(re.findall(r"[^\W\d_]{4,}", text))), 2))


def held():
    """Return the resident memory in MB."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    main()
