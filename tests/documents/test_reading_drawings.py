"""The words of charts and diagrams in Word documents are read with the text, and those that are not shown are not."""

import re
from collections import Counter

import pytest

from documents.cleaning.ooxml.package import clean_docx
from documents.reading.docx import pages
from tests import planted_charts
from tests.documents.test_upload_checks import altered

LEGEND = '<c:legend><c:legendPos val="r"/></c:legend>'


def read(data):
    return next(iter(pages(clean_docx(data, Counter()))))


def lines(data):
    return [line for line in read(data).splitlines() if line]


def chart(change):
    return altered(planted_charts.docx(), **{"word/charts/PLANT.xml": change(planted_charts.CHART).encode()})


def test_words_of_charts_and_diagrams_are_in_the_text_each_once():
    assert lines(planted_charts.docx()) == [
        "SHOWN before", "SHOWN chart title", "SHOWN series", "one", "SHOWN two", "SHOWN on the", " chart", "SHOWN node",
        "SHOWN instead of a new chart",
    ]  # fmt: skip
    assert "PLANT" not in read(planted_charts.docx())


@pytest.mark.parametrize(
    ("change", "is_read"),
    [
        (lambda chart: chart, True),
        (lambda chart: chart.replace(LEGEND, ""), False),
        (lambda chart: re.sub("(?s)<c:title>.*?</c:title>", "<c:title/>", chart.replace(LEGEND, "")), True),
    ],
)  # fmt: skip
def test_the_name_of_a_series_is_read_if_a_legend_or_the_title_shows_it(change, is_read):
    assert ("SHOWN series" in lines(chart(change))) is is_read
    assert "SHOWN two" in lines(chart(change))


def test_a_chart_without_its_part_has_no_words():
    frame = planted_charts.CHART_FRAME
    without = planted_charts.BODY.replace(frame, frame.replace('r:id="chart"', 'r:id="data"'))
    data = altered(planted_charts.docx(), **{"word/document.xml": without.encode()})
    assert "SHOWN chart title" not in read(data)
    assert "SHOWN node" in read(data)
