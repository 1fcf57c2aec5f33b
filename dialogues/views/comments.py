from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from dialogues import workflow
from dialogues.forms import CommentForm
from dialogues.models import Dialogue


class CommentCreateView(FormView):
    """Takes a co-chair's or a colleague's word on a draft."""

    form_class = CommentForm
    template_name = "dialogues/comment_form.html"

    def dispatch(self, request, *args, **kwargs):
        self.dialogue = get_object_or_404(Dialogue.objects.open_to_comments_by(request.user), slug=kwargs["slug"])
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "dialogue": self.dialogue}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            dialogue=self.dialogue,
            comments=self.dialogue.comments.select_related("author", "paragraph__summary__dialogue"),
            **kwargs,
        )

    def form_valid(self, form):
        paragraph = form.cleaned_data["paragraph"]
        workflow.comment(self.dialogue, by=self.request.user, text=form.cleaned_data["text"], paragraph=paragraph)
        messages.success(self.request, _("Your comment is kept; the secretariat sees it beside the draft."))
        return redirect(f"{paragraph.summary.get_absolute_url()}#comments" if paragraph else self.dialogue)
