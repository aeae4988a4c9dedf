"""Fetching an address, within bounds: public hosts only, so many bytes, so many seconds, so many redirects."""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from http.client import HTTPException
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import msgspec

from according import __version__
from according.ingest.unreadable import UnreadableError

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection
    from urllib3.response import BaseHTTPResponse
    from urllib3.util import Url

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Numbers of errors and lines of other programs' source.
_NOT_WORDS = re.compile(r"\[Errno -?\d+\] | \(_ssl\.c:\d+\)")
_TIMEOUT_S = 20.0
_MAX_REDIRECTS = 5
_PIECE_BYTES = 65_536
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PORTS = {"http": 80, "https": 443}
_HEADERS = {
    "User-Agent": f"according/{__version__}",
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
    "Accept-Encoding": "gzip",
}
# Addresses that carry an IPv4 address of which the network part is not theirs: the gateways of NAT64.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Fetched(msgspec.Struct, frozen=True):
    """What an address gave: where it was found in the end, its bytes, and what the server said about them."""

    url: str
    content: bytes
    media_type: str | None
    charset: str | None
    retrieved: str


def is_public(address: IPAddress) -> bool:
    """Whether an address belongs to the public internet, also when it is an IPv4 address in the coat of an IPv6 one."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        else:
            inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
            address = inner or address
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, as numbers."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Fetcher:
    """Fetches pages and feeds. Each hop connects to the very address that was examined, so names cannot change between.

    ``allowed`` says which addresses may be connected to, ``resolver`` gives the addresses of a host.
    """

    def __init__(
        self,
        limit_bytes: int,
        *,
        timeout_s: float = _TIMEOUT_S,
        allowed: Callable[[IPAddress], bool] = is_public,
        resolver: Callable[[str, int], list[str]] = resolve,
    ) -> None:
        self._limit_bytes = limit_bytes
        self._timeout_s = timeout_s
        self._allowed = allowed
        self._resolve = resolver

    def fetch(self, address: str) -> Fetched:
        """Fetch an address, following redirects; raises :class:`UnreadableError` that says what stood in the way."""
        deadline = monotonic() + self._timeout_s
        for _ in range(_MAX_REDIRECTS + 1):
            found = self._hop(address, deadline)
            if isinstance(found, Fetched):
                return found
            address = found
        raise UnreadableError("fetch_failed", f"The address redirects more than {_MAX_REDIRECTS} times.")

    def _hop(self, address: str, deadline: float) -> Fetched | str:
        """What one request gave: the content, or where to look instead."""
        from urllib3.exceptions import HTTPError  # noqa: PLC0415 — only addresses need a client

        url = _parsed(address)
        connection = _connection(url, self._examined(url), deadline - monotonic())
        try:
            connection.connect()
            with _cut_at(connection.sock, deadline):
                found = self._ask(connection, url)
        except (HTTPError, HTTPException, OSError) as error:
            self._check_time(deadline)
            raise UnreadableError("fetch_failed", f"The address cannot be fetched: {_cause(error)}.") from error
        finally:
            connection.close()
        self._check_time(deadline)
        return found

    def _ask(self, connection: HTTPConnection, url: Url) -> Fetched | str:
        headers = {"Host": url.netloc or "", **_HEADERS}
        connection.request("GET", url.request_uri, headers=headers, preload_content=False)
        response = connection.getresponse()
        if response.status in _REDIRECTS and response.headers.get("Location"):
            return urljoin(url.url, response.headers["Location"])
        return self._content(url, response)

    def _check_time(self, deadline: float) -> None:
        """A connection that was cut may look as if it had ended well."""
        if monotonic() >= deadline:
            raise UnreadableError("fetch_failed", f"The server took longer than {self._timeout_s:g} seconds.")

    def _examined(self, url: Url) -> str:
        """The address to connect to; every address of the host must be allowed."""
        host = (url.host or "").strip("[]")
        try:
            numbers = self._resolve(host, url.port or _PORTS[str(url.scheme)])
            addresses = [ipaddress.ip_address(number) for number in numbers]
        except (OSError, ValueError, UnicodeError) as error:
            raise UnreadableError("fetch_failed", f"The host {host!r} is not known.") from error
        if not addresses or not all(map(self._allowed, addresses)):
            raise UnreadableError("address_refused", f"The host {host!r} is not on the public internet: not fetched.")
        return str(addresses[0])

    def _content(self, url: Url, response: BaseHTTPResponse) -> Fetched:
        if response.status != 200:
            raise UnreadableError("fetch_failed", f"The server answered with status {response.status}.")
        content = bytearray()
        for piece in response.stream(_PIECE_BYTES):
            content += piece
            if len(content) > self._limit_bytes:
                raise UnreadableError("too_large", f"The page is larger than {self._limit_bytes / 1_000_000:g} MB.")
        media_type, charset = _stated_kind(response.headers.get("Content-Type", ""))
        retrieved = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return Fetched(url.url, bytes(content), media_type, charset, retrieved)


def _parsed(address: str) -> Url:
    from urllib3.exceptions import LocationParseError  # noqa: PLC0415 — only addresses need a client
    from urllib3.util import parse_url  # noqa: PLC0415

    try:
        url = parse_url(address)
    except LocationParseError as error:
        raise UnreadableError("bad_address", f"{address[:200]!r} is no address.") from error
    if url.scheme not in _PORTS or not url.host:
        raise UnreadableError("address_refused", "Only http and https addresses are fetched.")
    if url.auth:
        raise UnreadableError("address_refused", "Addresses that carry a user name or a password are not fetched.")
    return url._replace(fragment=None)


def _connection(url: Url, address: str, timeout_s: float) -> HTTPConnection:
    """A connection to a number, that asks for the host by its name."""
    from urllib3.connection import HTTPConnection, HTTPSConnection  # noqa: PLC0415 — only addresses need a client

    timeout_s = max(timeout_s, 0.001)
    port = url.port or _PORTS[str(url.scheme)]
    if url.scheme == "http":
        return HTTPConnection(address, port, timeout=timeout_s)
    import certifi  # noqa: PLC0415

    host = (url.host or "").strip("[]")
    return HTTPSConnection(
        address, port, timeout=timeout_s, server_hostname=host, cert_reqs="CERT_REQUIRED", ca_certs=certifi.where()
    )


@contextmanager
def _cut_at(connected: socket.socket, deadline: float) -> Iterator[None]:
    """Cut a connection at the deadline, also when the server keeps sending a little."""

    def cut() -> None:
        with suppress(OSError):
            socket.socket.shutdown(connected, socket.SHUT_RDWR)

    timer = threading.Timer(max(deadline - monotonic(), 0), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _stated_kind(header: str) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header."""
    from email.message import Message  # noqa: PLC0415 — only addresses need it

    if not header:
        return None, None
    message = Message()
    message["Content-Type"] = header
    return message.get_content_type(), message.get_content_charset()


def _cause(error: Exception) -> str:
    """The reason at the end of a client's message, which names the client's objects first."""
    words = _NOT_WORDS.sub("", str(error)).rsplit(": ", 1)[-1]
    return words.strip(" .)(") or type(error).__name__
