"""A citation as a file for programs that keep references: BibTeX, and RIS by way of rispy.

BibTeX is written here, since the library for it (bibtexparser) leaves to its callers what matters in it: the marks that
mean something to TeX. Letters of all scripts stay as they are, in UTF-8, as biber and reference managers read them.
"""

import re

import rispy
from babel import Locale
from django.conf import settings
from django.http import Http404, HttpResponse

from search.citations import RisWriter

from .citations import tidy

# Braces by name: BibTeX counts those that are escaped as well.
TEX = {
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
}  # fmt: skip
TEX_MARK = re.compile("[" + re.escape("".join(TEX)) + "]")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
BIBTEX_TYPES = {"report": "techreport", "speech": "misc"}
RIS_TYPES = {"report": "RPRT", "speech": "GEN"}


def tex(text):
    """A text as TeX sets it to the letter."""
    return TEX_MARK.sub(lambda mark: TEX[mark[0]], tidy(text))


def bibtex(citation):
    """One entry of BibTeX. Braces within braces keep names whole and capitals as they are."""
    year, month, day = [*citation.day.split("-"), "", ""][:3]
    fields = {
        "author": " and ".join(f"{{{tex(name)}}}" for name in citation.authors),
        "title": f"{{{tex(citation.title)}}}",
        "howpublished" if citation.kind == "speech" else "type": tex(citation.within),
        "number": tex(citation.number),
        "institution" if citation.kind == "report" else "publisher": f"{{{tex(settings.SITE_NAME)}}}",
        "year": year,
        "month": month and MONTHS[int(month) - 1],
        "day": day and str(int(day)),
        "language": Locale("en").languages[citation.language].lower(),
        "note": tex(", ".join(citation.notes)),
        "url": citation.address,
    }
    rows = [f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n" for name, value in fields.items() if value]
    return f"@{BIBTEX_TYPES[citation.kind]}{{{citation.key},\n{''.join(rows)}}}\n"


def ris(citation):
    """One entry of RIS."""
    entry = {
        "type_of_reference": RIS_TYPES[citation.kind],
        "id": citation.key,
        "authors": list(citation.authors),
        "title": citation.title,
        "secondary_title": citation.within,
        "year": citation.day[:4],
        "date": citation.day.replace("-", "/"),
        "number": citation.number,
        "language": citation.language,
        "publisher": settings.SITE_NAME,
        "notes": [", ".join(citation.notes)] if citation.notes else [],
        "urls": [citation.address],
    }
    kept = {name: [*map(tidy, value)] if isinstance(value, list) else tidy(value) for name, value in entry.items()}
    return rispy.dumps([{name: value for name, value in kept.items() if value}], implementation=RisWriter)


FORMS = {"bib": (bibtex, "application/x-bibtex"), "ris": (ris, "application/x-research-info-systems")}


def answer(citation, form):
    """A citation as a file to take away. Raises Http404 for a form that is not one of ours."""
    if form not in FORMS:
        raise Http404
    write, media_type = FORMS[form]
    response = HttpResponse(write(citation), f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{citation.key}.{form}"'
    response.headers["Content-Language"] = citation.language
    return response
