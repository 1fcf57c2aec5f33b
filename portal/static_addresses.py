"""The storage of static files, which keeps their addresses: each page asks for those of its styles."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class KeptAddressesStorage(CompressedManifestStaticFilesStorage):
    """Makes each address once. Addresses contain a hash of the content, from a manifest that is read at the start."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Return the address of a file by its name."""
        if force:
            return super().url(name, force)
        if name not in self._addresses:
            self._addresses[name] = super().url(name)
        return self._addresses[name]
