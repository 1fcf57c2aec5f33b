import pytest
from django.test import RequestFactory

from documents.tus_headers import asked_method, metadata, safe_name, written


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
def test_names_are_made_safe(sent, kept):
    assert safe_name(sent) == kept


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("", {}),
        ("a YQ==, b", {"a": "a", "b": ""}),
        (written({"a": "é", "b": True}), {"a": "é", "b": "True"}),
    ],
)
def test_metadata_is_read(header, found):
    assert metadata(RequestFactory().post("/", headers={"Upload-Metadata": header})) == found


@pytest.mark.parametrize(
    ("method", "override", "meant"),
    [("post", "patch", "PATCH"), ("post", "OPTIONS", "POST"), ("get", "DELETE", "GET"), ("post", "", "POST")],
)
def test_method_that_is_meant(method, override, meant):
    request = getattr(RequestFactory(), method)("/", headers={"X-HTTP-Method-Override": override})
    assert asked_method(request) == meant
