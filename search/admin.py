from django.contrib import admin

from publishing.admin.deletion import UndoMixin
from publishing.admin.translations import TranslatableAdmin, translations_form

from .models import Concept


@admin.register(Concept)
class ConceptAdmin(TranslatableAdmin, UndoMixin):
    """The vocabulary: concepts with their terms in six languages."""

    form = translations_form(Concept)
    fields = ["original_language", "name", "other_terms", "ambiguous_terms"]
    list_display = ["name", "ambiguous_terms", "missing_translations"]
    search_fields = ["name", "other_terms", "ambiguous_terms"]
