"""The same questions on tantivy, a search library in Rust."""

import re
import time

import tantivy

from bench.search_rivals import FACETS, SHOWN, TEXTS, TITLE_WEIGHT, joined_by, read, row, spaced

MOST_VALUES = 1000  # of a facet
HEAP = 200_000_000  # bytes of memory for the writer
Occur, Query = tantivy.Occur, tantivy.Query


class Tantivy:
    """An index in a folder. Questions ask for all words ("AND") or any word ("OR")."""

    def __init__(self, folder, usual="OR"):
        self.usual, self.name = usual, f"tantivy ({usual})"
        self.path = folder / "tantivy"
        self.path.mkdir(exist_ok=True)
        self.schema = schema()
        self.index = tantivy.Index(self.schema, path=str(self.path))
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        words = words.filter(tantivy.Filter.ascii_fold()).filter(tantivy.Filter.stemmer("english"))
        self.index.register_tokenizer("words", words.build())

    def build(self, batches):
        """Replace the index by all batches of (index, records); return the seconds of CPU, reading included."""
        began = time.process_time()
        writer = self.index.writer(HEAP, 1)
        writer.delete_all_documents()
        for index, records in batches:
            for record in records:
                writer.add_document(document(index, record))
        writer.commit()
        writer.wait_merging_threads()
        return time.process_time() - began

    def searcher(self):
        """Return a searcher of what is in the folder now, which another object may have built."""
        self.index.reload()
        return self.index.searcher()

    def ask(self, question):
        """Run a whole search; return the number of matches."""
        query, searcher = self.query(question.text, question.filters), self.searcher()
        found = searcher.search(query, 10, count=True, offset=10 * (question.page - 1))
        snippets = tantivy.SnippetGenerator.create(searcher, query, self.schema, "body")
        for _, address in found.hits:
            hit = searcher.doc(address)
            snippets.snippet_from_doc(hit).to_html()
        searcher.aggregate(query, {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in FACETS})
        return found.count

    def ranking(self, text, number, kind):
        """Return the keys ("label.pk") of the best records of a kind."""
        searcher = self.searcher()
        found = searcher.search(self.query(text, {"kind": kind}), number)
        return [searcher.doc(address)["key"][0] for _, address in found.hits]

    def query(self, text, filters):
        """Return a question as a query of tantivy."""
        musts = [Query.const_score_query(Query.term_query(self.schema, *pair), 0.0) for pair in filters.items()]
        groups, excluded = read(text)
        if groups:
            occur = Occur.Must if joined_by(text, self.usual) == "AND" else Occur.Should
            wanted = [(occur, any_of([self.part(part) for part in group])) for group in groups]
            musts.append(Query.boolean_query(wanted))
        if not musts:
            musts.append(Query.all_query())
        unwanted = [(Occur.MustNot, self.part(part)) for part in excluded]
        return Query.boolean_query([*((Occur.Must, one) for one in musts), *unwanted])

    def part(self, part):
        if part.is_prefix:
            begun = re.escape(part.words[0]) + ".*"
            return any_of([Query.regex_query(self.schema, name, begun) for name in TEXTS])
        text = f'"{" ".join(part.words)}"'
        return self.index.parse_query(text, list(TEXTS), field_boosts={"title": TITLE_WEIGHT})


def schema():
    builder = tantivy.SchemaBuilder()
    for name in SHOWN:
        builder.add_text_field(name, stored=True, tokenizer_name="raw")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw")
    for name in TEXTS:
        builder.add_text_field(name, stored=True, tokenizer_name="words")
    return builder.build()


def any_of(queries):
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, one) for one in queries])


def document(index, record):
    shown, title, body, facets = row(index, record)
    return tantivy.Document(**dict(zip(SHOWN, shown, strict=True)), title=spaced(title), body=body, **facets)
