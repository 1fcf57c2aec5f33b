"""Letters of an OpenDocument text that are squeezed to nothing, printed over one another or off the page."""

import pytest

from tests.documents.test_cleaning_odf_looks import shown
from tests.planted_unseen_office import odf_style, text


@pytest.mark.parametrize(
    ("look", "words"),
    [
        ('style:text-scale="5%"', ""),
        ('style:text-scale="6%"', "PLANT"),
        ('fo:font-size="12pt" fo:letter-spacing="-12pt"', ""),
        ('fo:font-size="12pt" fo:letter-spacing="-11pt"', "PLANT"),
        ('style:text-position="1000% 100%"', ""),
        ('style:text-position="-1000% 100%"', ""),
        ('style:text-position="33% 58%"', "PLANT"),
        ('style:text-position="super 58%"', "PLANT"),
        ('style:text-position="0% 10%"', ""),
        ('style:text-position="0% 11%"', "PLANT"),
    ],
)
def test_letters_out_of_shape_or_place(look, words):
    assert shown(text("PLANT", "P"), odf_style("P", look)) == words


@pytest.mark.parametrize(
    ("look", "words"),
    [
        ('fo:margin-left="1200pt"', ""),
        ('fo:margin-left="1199pt"', "PLANT"),
        ('fo:margin-left="-50cm"', ""),
        ('fo:text-indent="-50cm"', ""),
        ('fo:text-indent="-5cm"', "PLANT"),
        ('fo:line-height="2pt"', ""),
        ('fo:line-height="2.1pt"', "PLANT"),
        ('fo:line-height="100%"', "PLANT"),
        ('style:line-height-at-least="1pt"', "PLANT"),
    ],
)
def test_paragraph_off_the_page_or_without_height(look, words):
    own = f'<style:style style:name="P" style:family="paragraph"><style:paragraph-properties {look}/></style:style>'
    assert shown(text("PLANT", "P"), own) == words
