"""The same queries on tantivy, a search library in Rust."""

import re
import time

import tantivy

from search import grammar

from .search_fts5 import BETWEEN, FACETS, SHOWN, row

TEXTS = ("title", "body")
MOST_VALUES = 1000  # of a facet
HEAP = 200_000_000  # bytes of memory for the writer
Occur = tantivy.Occur


class Tantivy:
    """An index in a folder."""

    name = "tantivy"

    def __init__(self, folder):
        (folder / "tantivy").mkdir()
        schema = tantivy.SchemaBuilder()
        for name in SHOWN:
            schema.add_text_field(name, stored=True, tokenizer_name="raw")
        for name in FACETS:
            schema.add_text_field(name, fast=True, tokenizer_name="raw")
        for name in TEXTS:
            schema.add_text_field(name, stored=True, tokenizer_name="words")
        self.schema = schema.build()
        self.index = tantivy.Index(self.schema, path=str(folder / "tantivy"))
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        words = words.filter(tantivy.Filter.ascii_fold()).filter(tantivy.Filter.stemmer("english"))
        self.index.register_tokenizer("words", words.build())

    def build(self, batches):
        """Index all batches of (index, records); return the seconds that it took, reading them included."""
        began = time.perf_counter()
        writer = self.index.writer(HEAP, 1)
        for index, records in batches:
            for record in records:
                writer.add_document(document(index, record))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        return time.perf_counter() - began

    def ask(self, line):
        """Run a whole search; return the number of matches."""
        query, searcher = self.query(grammar.parse(line)), self.index.searcher()
        found = searcher.search(query, 10, count=True)
        snippets = tantivy.SnippetGenerator.create(searcher, query, self.schema, "body")
        for _, address in found.hits:
            hit = searcher.doc(address)
            snippets.snippet_from_doc(hit).to_html()
        searcher.aggregate(query, {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in FACETS})
        return found.count

    def query(self, tree):
        """Return a tree as a query of tantivy; common words are optional, as in our engine."""
        match tree:
            case grammar.And():
                return tantivy.Query.boolean_query([self.part(tree, part) for part in tree.parts])
            case grammar.Or():
                return tantivy.Query.boolean_query([(Occur.Should, self.query(part)) for part in tree.parts])
            case grammar.Prefix():
                begun = re.escape(tree.text) + ".*"
                return tantivy.Query.boolean_query(
                    [(Occur.Should, tantivy.Query.regex_query(self.schema, name, begun)) for name in TEXTS]
                )
            case grammar.Phrase():
                return self.parsed(f'"{" ".join(tree.words)}"')
        return self.parsed(f'"{tree.text}"')

    def part(self, tree, part):
        if isinstance(part, grammar.Not):
            return Occur.MustNot, self.query(part.part)
        common = getattr(part, "is_common", False) and not all(getattr(one, "is_common", False) for one in tree.parts)
        return (Occur.Should if common else Occur.Must), self.query(part)

    def parsed(self, text):
        return self.index.parse_query(text, list(TEXTS), field_boosts={"title": 3.0})


def document(index, record):
    shown, title, body, facets = row(index, record)
    values = {name: value.split(BETWEEN) for name, value in zip(FACETS, facets, strict=True) if value}
    return tantivy.Document(**dict(zip(SHOWN, shown, strict=True)), title=title, body=body, **values)
