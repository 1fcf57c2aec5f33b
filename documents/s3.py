"""Files in a bucket of an S3 service, chosen by `S3_BUCKET`. It stays private: the portal sends each file itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from tempfile import TemporaryFile
from typing import Any, TypeVar

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage as BaseStorage

NOT_FOUND = {"404", "NoSuchKey"}
# A service that is away is noticed before a browser gives up. Checksums are sent only where S3 requires them, because
# other services do not know them.
CLIENT = Config(
    signature_version="s3v4",
    connect_timeout=5,  # seconds
    read_timeout=30,
    retries={"total_max_attempts": 3, "mode": "standard"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)

Method = TypeVar("Method", bound=Callable[..., Any])


class ObjectStorageError(ConnectionError):
    """The service did not answer as it should. This is a fault of a server, and may pass."""


@contextmanager
def passing_faults() -> Iterator[None]:
    """Raise ObjectStorageError instead of the errors of boto3, and FileNotFoundError for a file that is not there."""
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in NOT_FOUND:
            raise FileNotFoundError(str(error)) from error
        raise ObjectStorageError(str(error)) from error
    except BotoCoreError as error:
        raise ObjectStorageError(str(error)) from error


def _with_passing_faults(method: Method) -> Method:
    @wraps(method)
    def call(*args: Any, **kwargs: Any) -> Any:
        with passing_faults():
            return method(*args, **kwargs)

    return call  # type: ignore[return-value]


class S3Storage(BaseStorage):
    """A bucket, with the errors of a folder."""

    def get_default_settings(self) -> dict[str, Any]:
        return super().get_default_settings() | {"client_config": CLIENT}

    def _open(self, name: str, mode: str = "rb") -> File:
        """Return a file with the whole content, which cannot be written to."""
        if mode != "rb":
            raise ValueError("A stored file is only read.")
        content = TemporaryFile()  # noqa: SIM115  the caller closes it
        with passing_faults():
            self.bucket.Object(self._normalize_name(name)).download_fileobj(content)
        content.seek(0)
        return File(content, name)

    _save = _with_passing_faults(BaseStorage._save)
    delete = _with_passing_faults(BaseStorage.delete)
    exists = _with_passing_faults(BaseStorage.exists)
    size = _with_passing_faults(BaseStorage.size)
    listdir = _with_passing_faults(BaseStorage.listdir)
    get_modified_time = _with_passing_faults(BaseStorage.get_modified_time)
