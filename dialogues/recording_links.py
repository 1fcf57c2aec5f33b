"""Links that start a recording at a moment, where the site that has it allows that in the address."""

from urllib.parse import parse_qsl, urlencode, urlsplit

# {site: the parameter of its addresses with the seconds from the start}. Each holds for its subdomains too.
PARAMETERS = {
    "media.un.org": "kalturaStartTime",
    "webtv.un.org": "kalturaStartTime",
    "youtu.be": "t",
    "youtube.com": "t",
}
FRAGMENTS = ("vimeo.com",)  # sites with the seconds in the fragment
FILES = (".mp3", ".m4a", ".mp4", ".oga", ".ogg", ".ogv", ".wav", ".webm")  # Media Fragments URI 1.0


def link_at(address: str, seconds: int | None) -> str:
    """Return the address at which a recording starts `seconds` after its beginning, or else the whole recording's."""
    if not seconds:
        return address
    parts = urlsplit(address)
    for site, parameter in PARAMETERS.items():
        if _is_at(parts.hostname, site):
            query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != parameter]
            return parts._replace(query=urlencode([*query, (parameter, str(seconds))])).geturl()
    if parts.path.casefold().endswith(FILES) or any(_is_at(parts.hostname, site) for site in FRAGMENTS):
        return parts._replace(fragment=f"t={seconds}").geturl()
    return address


def _is_at(host: str | None, site: str) -> bool:
    return host is not None and (host == site or host.endswith(f".{site}"))
