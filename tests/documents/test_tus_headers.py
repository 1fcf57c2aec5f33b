import pytest
from django.test import RequestFactory

from documents.tus_headers import effective_method, format_metadata, parse_metadata, safe_name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("بيان.txt", "بيان.txt"),
        ("/etc/passwd", "passwd"),
        ("C:\\papers\\a.pdf", "a.pdf"),
        ("a\0\n\u202eb.pdf", "ab.pdf"),
        ("..", "file"),
        ("a/", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
        ("." + "x" * 300, "." + "x" * 254),
    ],
)
def test_file_names_are_made_safe(sent, kept):
    assert safe_name(sent) == kept


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("", {}),
        ("a YQ==, b", {"a": "a", "b": ""}),
        (format_metadata({"a": "é", "b": True}), {"a": "é", "b": "True"}),
    ],
)
def test_metadata_is_parsed(header, found):
    assert parse_metadata(RequestFactory().post("/", headers={"Upload-Metadata": header})) == found


@pytest.mark.parametrize(
    ("method", "override", "meant"),
    [("post", "patch", "PATCH"), ("post", "OPTIONS", "POST"), ("get", "DELETE", "GET"), ("post", "", "POST")],
)
def test_method_can_be_overridden(method, override, meant):
    request = getattr(RequestFactory(), method)("/", headers={"X-HTTP-Method-Override": override})
    assert effective_method(request) == meant
