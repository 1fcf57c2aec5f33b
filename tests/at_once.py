import threading

from django.db import connection


def at_once(works):
    """Do each work in a thread and a connection of its own, all in the same moment; return what they raised."""
    gate, failures = threading.Barrier(len(works)), []

    def do(work):
        try:
            gate.wait()
            work()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures
