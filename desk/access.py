"""Who may open the pages of the staff desk."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse


class DeskMixin(AccessMixin):
    """A page for staff with all of `permissions`.

    Visitors are sent to the sign-in page and come back afterwards. For users who are not staff, the desk does not exist
    (404). Staff without a permission get 403.
    """

    permissions: tuple[str, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if not user.is_authenticated:
            return self.handle_no_permission()
        if not (user.is_active and getattr(user, "is_staff", False)):
            raise Http404
        if not user.has_perms(self.permissions):
            raise PermissionDenied
        with self.enter(request, **kwargs):
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a View follows
            # Rendered here, because what `enter` sets, such as a time zone, ends with this block.
            return response.render() if isinstance(response, SimpleTemplateResponse) else response

    def enter(self, request: HttpRequest, **kwargs: Any) -> AbstractContextManager[Any]:
        """Find what the page is about, once the user may open it, and return the context in which it is answered."""
        return nullcontext()
