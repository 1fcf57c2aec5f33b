"""Addresses of cards. They have no language prefix: a card is in the language of its record, or of its address."""

from django.urls import path

from .card import KINDS
from .views import card

app_name = "cards"

urlpatterns = [path(kind.route, card, {"kind": kind.name}, name=kind.name) for kind in KINDS.values()]
