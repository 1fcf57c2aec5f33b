from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """Email subscriptions: how people subscribe, confirm and unsubscribe. This app has no tables of its own."""

    name = "subscriptions"
