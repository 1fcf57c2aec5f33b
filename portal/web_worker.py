"""The threaded worker of gunicorn, which stops listening as soon as it is told to stop (gunicorn.conf.py)."""

from gunicorn.workers.gthread import ThreadWorker


class WebWorker(ThreadWorker):
    """Stops listening while it answers its last requests.

    gunicorn leaves the socket open until it ends, so the system keeps accepting connections that nobody answers. nginx
    would wait for them instead of asking another machine, and forms sent on them would be lost.
    """

    def set_accept_enabled(self, enabled: bool) -> None:
        """Accept connections or not. When the worker stops, accept those that already wait, then close the sockets."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            taken = -1
            while taken != self.nr_conns:
                taken = self.nr_conns
                self.accept(listener)
            listener.close()
