from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """What people ask to be told of by email: asking, confirming, leaving, and the letters. It has no tables."""

    name = "subscriptions"
