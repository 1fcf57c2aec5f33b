"""nginx sends the copy, by the lines that the documentation gives, while no web process answers."""

import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from mirror.addresses import EXTENSIONS
from tests.engines.servers import free_port
from tests.engines.waiting import until

pytestmark = pytest.mark.slow

DEPLOY = (Path(__file__).parents[2] / "docs/deploy.md").read_text("utf8")
FOLDER = "/srv/portal-mirror"


def lines_for(place):
    """Return the lines of the documentation that belong there."""
    return re.search(rf"```nginx\n# mirror: {place}\n(.*?)```", DEPLOY, re.DOTALL)[1]


@contextmanager
def nginx(folder, mirror):
    """Run nginx before a web process that does not answer; give a function that asks it."""
    port, path = free_port(), os.environ.get("PATH", "") + ":/usr/sbin"
    (folder / "nginx.conf").write_text(f"""
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;
{"user root;" if os.getuid() == 0 else ""}
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {lines_for("outside server")}
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://127.0.0.1:{free_port()}; }}
        {lines_for("in server").replace(FOLDER, str(mirror))}
    }}
}}
""")
    command = [shutil.which("nginx", path=path), "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"]
    with subprocess.Popen(command) as process:  # noqa: S603  a server of the machine

        def ask(address, method="GET"):
            return requests.request(method, f"http://127.0.0.1:{port}{address}", allow_redirects=False, timeout=60)

        try:
            until(lambda: process.poll() is not None or is_up(ask))
            yield ask
        finally:
            process.terminate()


def is_up(ask):
    try:
        return ask("/robots.txt").status_code > 0
    except requests.ConnectionError:
        return False


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    if not shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin"):
        pytest.skip("nginx is not installed")
    mirror = tmp_path_factory.mktemp("mirror")
    for file, text in {
        "index.html": "home", "fr/index.html": "accueil", "speakers/index.html": "first", "robots.txt": "rules",
        "speakers/page-2.html": "second", "papers/1/download/index.pdf": "%PDF", "404.html": "nothing",
        "fr/404.html": "rien", "static/portal.css": "p {}", "cite.ris": "TY  - RPRT",
    }.items():  # fmt: skip
        path = mirror / "site" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with nginx(tmp_path_factory.mktemp("nginx"), mirror) as asking:
        yield asking


@pytest.mark.parametrize(
    ("address", "text", "media_type"),
    [
        ("/", "home", "text/html"),
        ("/fr/", "accueil", "text/html"),
        ("/?utm=x", "home", "text/html"),
        ("/speakers/", "first", "text/html"),
        ("/speakers/?page=1", "first", "text/html"),
        ("/speakers/?page=2", "second", "text/html"),
        ("/papers/1/download/", "%PDF", "application/pdf"),
        ("/robots.txt", "rules", "text/plain"),
        ("/static/portal.css", "p {}", "text/css"),
        ("/cite.ris", "TY  - RPRT", "application/x-research-info-systems"),
    ],
)
def test_an_address_of_the_site_answers_from_the_copy(address, text, media_type, ask):
    answer = ask(address)
    assert (answer.status_code, answer.text) == (200, text)
    assert answer.headers["Content-Type"].partition(";")[0] == media_type
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("file", "address"),
    [("/index.html", "/"), ("/fr/index.html", "/fr/"), ("/speakers/page-2.html", "/speakers/?page=2"),
     ("/papers/1/download/index.pdf", "/papers/1/download/")],
)  # fmt: skip
def test_the_name_of_a_file_leads_to_the_address_on_the_site(file, address, ask):
    answer = ask(file)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(address)


@pytest.mark.parametrize(
    ("address", "text"),
    [("/secret/", "nothing"), ("/fr/secret/", "rien"), ("/../index.sqlite3", None), ("/%2e%2e/index.sqlite3", None),
     ("/speakers/?page=../../index", "first")],
)  # fmt: skip
def test_other_addresses_are_not_found(address, text, ask):
    answer = ask(address)
    assert answer.status_code == (200 if text == "first" else 404) or text is None
    assert answer.status_code != 200 or text == "first"
    assert text is None or answer.text == text


def test_a_form_is_not_answered_from_the_copy(ask):
    answer = ask("/", "POST")
    assert answer.status_code == 503
    assert "home" not in answer.text
    assert "what you typed is still there" in answer.text


def test_nginx_knows_each_kind_of_file_of_the_copy():
    listed = lines_for("in server")
    assert [
        each for each in set(EXTENSIONS.values()) if f"index.{each}" not in listed or f" {each};" not in listed
    ] == []
