from allauth.account.views import RequestLoginCodeView


class SignInView(RequestLoginCodeView):
    """Asks for an address; of those too who wait for a code, for they may have mistyped it or lost the letter."""

    def _redirect_to_pending_stage(self, request, stage):
        return None
