"""Photographs of dialogues: the page of each, and its picture in several widths."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import DetailView, View

from documents.file_responses import send_picture
from publishing.models import with_address_number
from publishing.pages import Head, PublicPage, Records

from ..heads import shared_card, steps_within
from ..models import Photograph

WIDTH = 960  # pixels, of the picture on its own page


def photograph_head(context: Mapping[str, Any]) -> Head:
    """Return the head of a photograph's page."""
    photograph, dialogue = context["photograph"], context["dialogue"]
    about = _("A photograph of %(dialogue)s.") % {"dialogue": dialogue.localized.title.text}
    return Head(photograph.localized_name.text, about, steps_within(dialogue), **shared_card(dialogue))


def public_photographs() -> QuerySet:
    """Return the public photographs with what their addresses need."""
    return Photograph.objects.published().select_related("dialogue")


class PhotographMixin(View):
    """A view of the photograph with the number in the address."""

    def get_object(self, queryset: QuerySet | None = None) -> Photograph:
        photographs = Photograph.objects.visible_to(self.request.user).for_lists().select_related("dialogue__series")
        place = {"dialogue__slug": self.kwargs["slug"]}
        return get_object_or_404(photographs, with_address_number(self.kwargs["number"]), **place)


class PhotographDetailView(PhotographMixin, DetailView):
    """A photograph with its caption, its description and its credit."""

    model = Photograph
    public_page = PublicPage(photograph_head, Records("photographs", public_photographs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        photograph = self.object
        rendition = photograph.picture.rendition_for(WIDTH)
        return super().get_context_data(
            dialogue=photograph.dialogue, rendition=rendition, picture_url=photograph.get_picture_url(WIDTH), **kwargs
        )


class PhotographPictureView(PhotographMixin, View):
    """The picture of a photograph. Each request asks the gate, so that a withdrawal hides it at once."""

    def get(self, request: HttpRequest, slug: str, number: str, width: int) -> HttpResponseBase:
        picture = self.get_object().picture
        if picture.rendition_for(width) is None:
            raise Http404
        return send_picture(request, picture, width)
