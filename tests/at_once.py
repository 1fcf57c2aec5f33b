import threading

from django.db import connection


def at_once(works):
    """Run the functions at the same time, each in a thread with its own connection; return the exceptions."""
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
