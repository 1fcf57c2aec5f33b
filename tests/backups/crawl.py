"""Everything that anyone may read: each page of the sitemap, and whatever the site links to, by address."""

import hashlib
import json
import re
import sys

HREF = re.compile(r'(?:href|src)="(/[^"#]*)')
# Pages that are not public, have a form with a token, are limited in number, or name the time at which they are made.
SKIPPED = re.compile(
    "/(accounts|admin|desk|static|contributions/(new|mine|check)|search/(alerts|feed|results|texts)|ar|zh|fr|ru|es)/?"
    "|.*/(tell|feed)/$"
)
LOCATION = re.compile(r"<loc>http://[^/]+(/[^<]*)")


def crawl(client):
    """Return the status and the digest of each public address, in English."""
    found, waiting = {}, ["/", "/sitemap.xml"]
    while waiting:
        address = waiting.pop()
        if address in found or SKIPPED.match(address):
            continue
        response = client.get(address)
        content = b"".join(response) if response.streaming else response.content
        found[address] = f"{response.status_code} {hashlib.sha256(content).hexdigest()}"
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("text/html"):
            waiting += [link.replace("&amp;", "&") for link in HREF.findall(content.decode("utf8"))]
        elif kind.startswith("application/xml"):
            waiting += LOCATION.findall(content.decode("utf8"))
    return found


if __name__ == "__main__":
    import django

    django.setup()
    from django.test import Client

    json.dump(crawl(Client(headers={"host": "localhost"})), sys.stdout)
