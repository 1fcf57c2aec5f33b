"""Addresses of cards. They have no language prefix: the record or the last part of the address gives the language."""

from django.urls import path

from .card import KINDS
from .views import card

app_name = "cards"

urlpatterns = [path(kind.route, card, {"kind": kind.name}, name=kind.name) for kind in KINDS.values()]
