"""The page on which a press release becomes records: text in, proposals beside it, and what staff accept is saved."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake import workflow
from intake.forms import TextForm
from intake.marked import pieces
from intake.sheet import KINDS, Sheet

TITLES = {
    "meetings": gettext_lazy("Dialogues"), "people": gettext_lazy("People who speak"),
    "quotes": gettext_lazy("Quotes"), "topics": gettext_lazy("Topics"),
}  # fmt: skip


def press(request):
    """Ask for a text, show what it says, or take in what was accepted; nothing is kept between these."""
    if not request.user.has_perm("dialogues.add_newsitem"):
        raise PermissionDenied
    if request.method != "POST":
        return page(request, TextForm())
    form = TextForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, form)
    text = form.cleaned_data["text"]
    if "accept" not in request.POST:
        return read_first(request, text)
    sheet = Sheet(text, request.user, request.POST)
    if sheet.is_valid() and accepted(request, sheet):
        sheet.is_valid()
    return page(request, TextForm(initial={"text": text}), sheet)


def read_first(request, text):
    """The proposals for a text that was just sent."""
    sheet = Sheet.of(text, request.user)
    if not sheet.proposals:
        messages.warning(request, _("No dialogue, no speaker and no quote was found in this text: add them by hand."))
    return page(request, TextForm(initial={"text": text}), sheet)


def accepted(request, sheet):
    """Take in what was chosen; whether that went well."""
    chosen = sheet.chosen(request.POST["accept"])
    if not chosen:
        messages.warning(request, _("Nothing was ticked, so nothing was saved."))
        return False
    if not sheet.demand(chosen):
        return False
    try:
        made = workflow.accept(
            sheet.release(), chosen, by=request.user, and_publish=bool(request.POST.get("and_publish"))
        )
    except workflow.RefusedError as refused:
        kind, number = refused.row
        sheet.rows(kind)[number].add_error(None, refused.sentence)
        return False
    done = ngettext("%d new record was made.", "%d new records were made.", len(made)) % len(made)
    messages.success(request, done if made else _("All of that was there already: nothing was made twice."))
    return True


def page(request, form, sheet=None):
    """The text to send, or the sheet that came of it."""
    # The text and its rows need the width that the list of models would take.
    context = {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": _("Press release"),
        "form": form,
        "sheet": sheet,
    }
    if sheet:
        is_valid = sheet.meetings.is_bound and sheet.is_valid()
        there = sheet.there() if is_valid else {}
        context.update(
            pieces=list(pieces(sheet.text, sheet.proposals)),
            groups=[group(sheet, kind, there) for kind in KINDS],
            news_row=row(sheet.news, "news-0", there.get(("news", 0))),
            has_errors=sheet.meetings.is_bound and not is_valid,
            may_publish=request.user.has_perm("dialogues.publish_newsitem"),
        )
    return TemplateResponse(request, "admin/intake/press.html", context)


def group(sheet, kind, there):
    """The rows of one kind as the template shows them."""
    forms = sheet.rows(kind)
    rows = [row(form, f"{kind}-{number}", there.get((kind, number))) for number, form in enumerate(forms)]
    return {"title": TITLES[kind], "kind": kind, "management": getattr(sheet, kind).management_form, "rows": rows}


def row(form, name, record):
    """One row: its form, its name in addresses and buttons, and the record that it stands for."""
    return {"form": form, "name": name, "record": record, "address": address(record)}


def address(record):
    """Where staff change a record; empty where there is none."""
    if record is None:
        return ""
    try:
        return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""
