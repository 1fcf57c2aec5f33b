"""What a segment will hold, gathered record by record and put in order all at once.

Each word is noted by the number of its spelling, with its record and place; what spellings mean is worked out once for
each when the segment is written, and numpy sorts the rest.
"""

from array import array

import numpy as np

from search.analysis import BETWEEN_PASSAGES, spelling_of, words_and_places


class Numbers(dict):
    """Numbers things in the order in which they are first met."""

    def __missing__(self, thing):
        self[thing] = len(self)
        return self[thing]


class Stream:
    """The occurrences of one field: which thing, in which record, at which place."""

    def __init__(self):
        self.things, self.records, self.places = array("I"), array("I"), array("I")

    def extend(self, things, record, places):
        before = len(self.things)
        self.things.extend(things)
        self.records.extend(array("I", (record,)) * (len(self.things) - before))
        self.places.extend(places)

    def arrays(self):
        """Things, records and places; the places are empty where a field has none."""
        return [np.frombuffer(part, "u4") if len(part) else np.empty(0, "u4") for part in self.parts()]

    def parts(self):
        return self.things, self.records, self.places


class Pool:
    """The fields of a segment that is being filled."""

    def __init__(self, schema):
        self.schema = schema
        self.spellings = Numbers()  # (word, language)
        self.fresh = {}  # {field: Stream of spellings, or of values in fields of values}
        self.terms = Numbers()  # terms that need no working out: values, and what segments absorbed
        self.ready = {}  # {field: Stream of terms}
        self.lengths = {}  # {field: words of each record}
        self.by_language = {}

    def put(self, record, document):
        """Add one record: {field: values, or texts as (text, language)}."""
        for field, given in document.items():
            if self.schema[field].scorable:
                self.put_words(field, record, given)
            else:
                self.put_values(field, record, [given] if isinstance(given, str) else given)

    def put_values(self, field, record, values):
        things = sorted({self.terms[value.encode()] for value in values if value})
        self.ready.setdefault(field, Stream()).extend(things, record, ())

    def put_words(self, field, record, texts):
        stream, at, length = self.fresh.setdefault(field, Stream()), 0, 0
        for text, language in texts:
            numbers = self.by_language.setdefault(language, Spelt(self.spellings, language))
            words, places, taken = words_and_places(text, at)
            stream.extend(map(numbers.__getitem__, words), record, array("I", places))
            at += taken + BETWEEN_PASSAGES
            length += taken
        self.note_length(field, record, length)

    def note_length(self, field, record, length):
        lengths = self.lengths.setdefault(field, array("I"))
        lengths.extend([0] * (record - len(lengths)))
        lengths.append(length)

    def absorb(self, field, terms, things, records, places):
        """Add many occurrences of terms that are what they are; `things` are places in the list `terms`."""
        numbers = np.fromiter((self.terms[term] for term in terms), "u4", len(terms))
        stream = self.ready.setdefault(field, Stream())
        for target, values in zip(stream.parts(), (numbers[things], records, places), strict=True):
            target.frombytes(values.astype("u4").tobytes())

    def size(self):
        """How many occurrences are held."""
        return sum(len(stream.things) for stream in (*self.fresh.values(), *self.ready.values()))

    def fields(self, count):
        """(name, terms in order, things, records, places, lengths) of each field of a segment of `count` records."""
        spellings = self.spell()
        for field in sorted({*self.fresh, *self.ready, *(["spelling"] if len(spellings) else [])}):
            streams = [self.worked_out(field)] if field in self.fresh else []
            streams += [self.ready[field].arrays()] if field in self.ready else []
            if field == "spelling" and len(spellings):
                streams.append([*spellings, np.empty(0, "u4")])
            things, records, places = (np.concatenate(part) for part in zip(*streams, strict=True))
            yield field, *self.in_order(things, records, places), self.lengths_of(field, count)

    def worked_out(self, field):
        """The occurrences of a field by terms instead of spellings; a spelling with two terms counts for both."""
        things, records, places = self.fresh[field].arrays()
        terms = self.terms_of(field)
        found = [(np.where(things < len(one), one[things], -1)) for one in terms]
        kept = [one >= 0 for one in found]
        return [
            np.concatenate([one[keep] for one, keep in zip(found, kept, strict=True)]).astype("u4"),
            np.concatenate([records[keep] for keep in kept]),
            np.concatenate([places[keep] for keep in kept]),
        ]

    def terms_of(self, field):
        """For each spelling the numbers of its first and second term in a field; -1 where there is none."""
        work_out = self.schema[field].terms_of
        table = np.full((2, len(self.spellings)), -1, "i8")
        words = list(self.spellings)
        for number in occurring(self.fresh[field].arrays()[0]):
            for rank, term in enumerate(work_out(*words[number])):
                table[rank, number] = self.terms[term.encode()]
        return table

    def spell(self):
        """(things, records) of the spellings of all words of fresh records, each once a record."""
        pairs = [np.empty(0, "u8")]
        table = np.full(len(self.spellings), -1, "i8")
        for number, (word, _) in enumerate(self.spellings):
            if spelling := spelling_of(word):
                table[number] = self.terms[spelling.encode()]
        for stream in self.fresh.values():
            things, records, _ = stream.arrays()
            found = table[things]
            pairs.append((records[found >= 0].astype("u8") << np.uint64(32)) | found[found >= 0].astype("u8"))
        pairs = np.concatenate(pairs)
        if not len(pairs):
            return []
        pairs.sort()  # np.unique hashes, which takes several times as long
        pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])]
        return [(pairs & np.uint64(0xFFFFFFFF)).astype("u4"), (pairs >> np.uint64(32)).astype("u4")]

    def in_order(self, things, records, places):
        """(terms, things, records, places), sorted by term, record and place, things numbered by the terms' order."""
        every = list(self.terms)
        terms = sorted(every[number] for number in occurring(things))
        rank = np.zeros(len(every), "u4")
        rank[[self.terms[term] for term in terms]] = np.arange(len(terms), dtype="u4")
        things = rank[things]
        keys = (places, records, things) if len(places) else (records, things)
        order = np.lexsort(keys)
        return terms, things[order], records[order], places[order] if len(places) else places

    def lengths_of(self, field, count):
        lengths = self.lengths.get(field, array("I"))
        return np.array([*lengths, *[0] * (count - len(lengths))], "u4")

    def cleanup(self):
        """Let go of all that was gathered."""
        self.__init__(self.schema)


def occurring(numbers):
    """The numbers that occur in an array, as a list in order."""
    return np.flatnonzero(np.bincount(numbers)).tolist()


class Spelt(dict):
    """The numbers of words in one language; words known already cost one look-up."""

    def __init__(self, spellings, language):
        super().__init__()
        self.spellings, self.language = spellings, language

    def __missing__(self, word):
        self[word] = self.spellings[word, self.language]
        return self[word]
