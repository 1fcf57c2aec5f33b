"""The portal's own engine, asked as the search page asks it."""

import time

from django.utils.translation import override

from contributions.models import Contribution
from search.models import IndexJob
from search.params import SearchParams
from search.query import find
from search.tasks import rebuild, update_index

LANGUAGES = {"": "en", "zh": "zh-hans"}  # prefixes of addresses that are no codes of languages


class Ours:
    name = "ours"

    def ask(self, question):
        """Run a whole search; return the number of matches."""
        params = SearchParams(question.text, question.filters, question.sort or "relevance", question.page)
        with override(LANGUAGES.get(question.prefix, question.prefix)):
            return find(params, may_correct=True).total

    def ranking(self, text, number, kind):
        """Return the keys ("label.pk") of the best records of a kind."""
        found = find(SearchParams(text, filters={"kind": kind}), per_page=number, may_correct=True)
        return [f"{hit.record._meta.label_lower}.{hit.record.pk}" for hit in found.hits]

    def build(self):
        """Rebuild the index; return the seconds of CPU that it took."""
        IndexJob.objects.all().delete()  # a rebuild has all that the import queued
        began = time.process_time()
        rebuild()
        return time.process_time() - began

    def publish(self, record):
        """Make a record findable that was just published: run the worker's task for the job that this wrote."""
        update_index.call()

    def finds(self, word, record):
        return any(hit.record.pk == record.pk for hit in find(SearchParams(word)).hits)


def references(keys):
    """Return the numbers of contributions from keys, in their order."""
    pks = [int(key.rsplit(".", 1)[1]) for key in keys]
    numbers = dict(Contribution.objects.filter(pk__in=pks).values_list("pk", "reference"))
    return [numbers[pk] for pk in pks]
