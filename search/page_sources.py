"""What search pages show besides the records. The index says itself when it has changed (`search.tasks`)."""

from publishing.page_sources import shows_all

from .models import Concept

shows_all(Concept)
