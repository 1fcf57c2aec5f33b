"""The settings as a new process reads them, without a `.env` file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal import settings as original

SENTENCE = "SECRET_KEY is not set. Set it to a long random text, or start with `make run`, which generates one."


@pytest.fixture
def read(tmp_path):
    """Return a function that evaluates an expression of the settings in a new process with that environment."""
    (tmp_path / "portal").mkdir()
    for name in ("settings.py", "account_settings.py", "environment.py"):
        shutil.copy(Path(original.__file__).with_name(name), tmp_path / "portal" / name)

    def run(expression, **environment):
        return subprocess.run(  # noqa: S603 - our own interpreter and our own words
            [sys.executable, "-c", f"from portal import settings; print({expression})"],
            cwd=tmp_path, env={"PATH": os.environ["PATH"], **environment}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


@pytest.mark.parametrize("environment", [{}, {"SECRET_KEY": ""}, {"DEBUG": "on"}, {"DEBUG": "on", "SECRET_KEY": ""}])
def test_without_a_secret_key_the_site_does_not_start_and_says_why(read, environment):
    process = read("0", **environment)
    assert process.returncode == 1
    assert process.stdout == ""
    assert process.stderr.splitlines()[-1] == f"django.core.exceptions.ImproperlyConfigured: {SENTENCE}"


def test_manage_py_reports_a_missing_secret_key(tmp_path):
    root = Path(original.__file__).parents[1]
    process = subprocess.run(  # noqa: S603
        [sys.executable, root / "manage.py", "check"], capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": "", "DATA_DIR": str(tmp_path)},
    )  # fmt: skip
    assert process.returncode == 1
    assert process.stderr.splitlines()[-1].endswith(SENTENCE)


def test_the_default_settings_are_secure(read):
    names = ("DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS",
             "SESSION_COOKIE_HTTPONLY", "WHITENOISE_USE_FINDERS", "SECOND_FACTOR_REQUIRED")  # fmt: skip
    values = ", ".join(f"settings.{name}" for name in names)
    process = read(f"{values}, hasattr(settings, 'SECURE_PROXY_SSL_HEADER')", SECRET_KEY="x")
    assert process.stdout.strip() == "False True True True 31536000 True False True False"


@pytest.mark.parametrize(("word", "value"), [("on", "True"), ("true", "True"), ("off", "False"), ("no", "False")])
def test_debug_is_on_only_if_the_environment_says_so(read, word, value):
    assert read("settings.DEBUG, settings.SECURE_SSL_REDIRECT", SECRET_KEY="x", DEBUG=word).stdout.split()[0] == value


def test_emails_go_to_the_console_in_development_and_to_a_server_otherwise(read):
    for word, backend in {
        "on": "django.core.mail.backends.console.EmailBackend",
        "off": "mail.delivery.SmtpBackend",
    }.items():
        process = read("settings.EMAIL_DELIVERY_BACKEND", SECRET_KEY="x", DEBUG=word)
        assert process.stdout.strip() == backend


def test_proxy_headers_are_trusted_only_behind_a_proxy(read):
    names = "settings.SECURE_PROXY_SSL_HEADER, settings.ALLAUTH_TRUSTED_PROXY_COUNT"
    process = read(names, SECRET_KEY="x", BEHIND_PROXY="on")
    assert process.stdout.strip() == "('HTTP_X_FORWARDED_PROTO', 'https') 1"
    process = read("hasattr(settings, 'ALLAUTH_TRUSTED_PROXY_COUNT')", SECRET_KEY="x")
    assert process.stdout.strip() == "False"


def test_everything_is_written_below_one_folder(read, tmp_path):
    folder = tmp_path / "elsewhere"
    process = read(
        "settings.DATABASES['default']['NAME'], settings.STATIC_ROOT, "
        "settings.HAYSTACK_CONNECTIONS['default']['PATH'], "
        "*(storage['OPTIONS']['location'] for storage in settings.STORAGES.values() if 'OPTIONS' in storage), sep='|'",
        SECRET_KEY="x", DATA_DIR=str(folder),
    )  # fmt: skip
    places = process.stdout.strip().split("|")
    assert len(places) == 5
    assert all(Path(place).is_relative_to(folder) for place in places)


def test_the_search_engine_is_chosen_by_its_address(read, tmp_path):
    expression = "settings.HAYSTACK_CONNECTIONS['default']['ENGINE'], settings.HAYSTACK_CONNECTIONS['default']['PATH']"
    process = read(expression, SECRET_KEY="x", SEARCH_URL=f"whoosh://{tmp_path}/elsewhere")
    assert process.stdout.split() == ["search.engine.Engine", f"{tmp_path}/elsewhere"]
    process = read(expression, SECRET_KEY="x", DATA_DIR=str(tmp_path))
    assert process.stdout.split() == ["search.engine.Engine", f"{tmp_path}/index"]


def test_solr_is_chosen_by_its_nodes_and_the_name_of_the_index(read):
    names = (
        "*(settings.HAYSTACK_CONNECTIONS['default'][name] for name in ('ENGINE', 'NODES', 'COLLECTION', 'REPLICAS'))"
    )
    url = "solrs://me:secret@one:8983,two:8983/portal?shards=2&replicas=2"
    process = read(names, SECRET_KEY="x", SEARCH_URL=url)
    nodes = ["https://me:secret@one:8983/solr", "https://me:secret@two:8983/solr"]
    assert process.stdout.strip() == f"search.solr.Engine {nodes} portal 2"


@pytest.mark.parametrize("url", ["solr://one:8983", "solr://one/portal?copies=2", "solr://one/portal?replicas=none"])
def test_an_address_of_solr_that_says_too_little_is_refused(read, url):
    process = read("0", SECRET_KEY="x", SEARCH_URL=url)
    assert process.returncode
    assert "SEARCH_URL must be like solr://" in process.stderr.splitlines()[-1]


def test_an_engine_that_the_portal_does_not_know_is_refused(read):
    process = read("0", SECRET_KEY="x", SEARCH_URL="elasticsearch://localhost:9200/portal")
    assert process.returncode
    assert "elasticsearch" in process.stderr.splitlines()[-1]


def test_other_users_of_the_machine_read_neither_the_data_folder_nor_a_database(read, tmp_path):
    data, elsewhere = tmp_path / "data", tmp_path / "other.sqlite3"
    data.mkdir(mode=0o755)
    (data / "portal.sqlite3").touch(0o644)
    elsewhere.touch(0o644)
    assert read("1", SECRET_KEY="x", DATA_DIR=str(data)).returncode == 0
    modes = [oct(path.stat().st_mode & 0o777) for path in (data, data / "portal.sqlite3", data / "cache.sqlite3")]
    assert modes == ["0o700", "0o600", "0o600"]
    read("1", SECRET_KEY="x", DATA_DIR=str(tmp_path / "new"), DATABASE_URL=f"sqlite:///{elsewhere}")
    assert elsewhere.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_metrics_and_logs_for_machines_are_off_unless_the_environment_says_so(read, tmp_path):
    ours = "[each for each in settings.MIDDLEWARE if 'metrics' in each or 'log' in each]"
    watched = f"settings.METRICS, settings.LOG_FORMAT, {ours}"
    assert read(watched, SECRET_KEY="x").stdout.strip() == "False line []"
    assert not (tmp_path / "var/metrics").exists()
    process = read(watched, SECRET_KEY="x", METRICS="on", LOG_FORMAT="json")
    names = "['portal.metrics.MetricsMiddleware', 'portal.request_log.RequestLogMiddleware']"
    assert process.stdout.strip() == f"True json {names}"
    assert (tmp_path / "var/metrics").stat().st_mode & 0o077 == 0


def test_an_unknown_format_of_the_log_is_refused(read):
    process = read("0", SECRET_KEY="x", LOG_FORMAT="xml")
    assert process.stderr.splitlines()[-1].endswith("LOG_FORMAT is “line” or “json”.")
