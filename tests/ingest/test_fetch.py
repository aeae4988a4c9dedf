from __future__ import annotations

import gzip
import ipaddress
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from according.ingest import Ingested, IngestOptions, read_inputs
from according.ingest.fetch import Fetcher, IPAddress, is_public
from according.ingest.unreadable import UnreadableError
from according.settings import Settings

TEXT = "The army said on Monday that it had taken the town of Tal Nasri from the rebels."
RUSSIAN = "Войска взяли город в понедельник, сообщили в министерстве обороны."
PAGE = f"<html><body><p>{TEXT}</p></body></html>"
FEED = (
    "<rss version='2.0'><channel><title>Example</title><item><title>Town taken</title>"
    f"<link>https://news.example/1</link><description>{TEXT}</description></item></channel></rss>"
)
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, {"Content-Type": "text/html"}, PAGE.encode()),
    "/russian": (
        200,
        {"Content-Type": "text/html; charset=windows-1251"},
        f"<html><body><p>{RUSSIAN}</p></body></html>".encode("cp1251"),
    ),
    "/packed": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())),
    "/feed": (200, {"Content-Type": "text/html"}, FEED.encode()),
    "/rows": (200, {"Content-Type": "application/json"}, b'{"text": "%s"}\n' % TEXT.encode() * 2),
    "/photo": (200, {"Content-Type": "text/html"}, b"\x89PNG\r\n\x1a\n"),
    "/large": (200, {"Content-Type": "text/html"}, b"word " * 20_000),
    "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"word " * 20_000_000)),
    "/gone": (404, {}, b""),
    "/moved": (302, {"Location": "/page"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/to-private": (302, {"Location": "http://10.0.0.1/"}, b""),
    "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/to-inside": (301, {"Location": "http://inside.example/page"}, b""),
}
MAKE_CERTIFICATE = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=news.example"
hosts_asked: list[str] = []


class Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        hosts_asked.append(self.headers["Host"])
        if self.path == "/slow":
            self.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
            for _ in range(100):
                self.wfile.write(b"<p>more")
                time.sleep(0.05)
            return
        status, headers, body = ANSWERS[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def fetcher(timeout_s: float = 10) -> Fetcher:
    """A fetcher for which only this machine's loopback is the internet; one name leads there, one leads inside."""
    names = {
        "news.example": "127.0.0.1",
        "127.0.0.1": "127.0.0.1",
        "10.0.0.1": "10.0.0.1",
        "inside.example": "10.1.1.1",
    }

    def allowed(address: IPAddress) -> bool:
        return address == ipaddress.ip_address("127.0.0.1")

    return Fetcher(50_000, timeout_s=timeout_s, allowed=allowed, resolver=lambda host, _: [names[host]])


def read(address: str) -> list[Ingested]:
    bounds = Settings(cache_dir=Path(), data_dir=Path(), max_input_bytes=50_000)
    return list(read_inputs([address], IngestOptions(), bounds, fetcher()))


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("page", [TEXT]),
        ("moved", [TEXT]),
        ("packed", [TEXT]),
        ("russian", [RUSSIAN]),
        ("feed", [f"Town taken\n\n{TEXT}"]),
        ("rows", [TEXT, TEXT]),
    ],
)
def test_what_an_address_gives_is_read_by_its_content(port: int, path: str, texts: list[str]) -> None:
    found = read(f"http://news.example:{port}/{path}")
    assert [item.report.text if item.report else None for item in found] == texts
    assert all(item.report and item.report.retrieved for item in found)


def test_a_report_knows_where_its_page_was_found_in_the_end(port: int) -> None:
    item = read(f"http://news.example:{port}/moved#part")[0]
    assert item.report
    assert item.report.url == f"http://news.example:{port}/page"
    assert item.input_id == f"http://news.example:{port}/moved#part"
    assert hosts_asked[-1] == f"news.example:{port}"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("photo", "binary_input"),
        ("large", "too_large"),
        ("bomb", "too_large"),
        ("gone", "fetch_failed"),
        ("loop", "fetch_failed"),
        ("to-private", "address_refused"),
        ("to-file", "address_refused"),
        ("to-inside", "address_refused"),
    ],
)
def test_what_cannot_be_had_is_an_issue(port: int, path: str, code: str) -> None:
    found = read(f"http://news.example:{port}/{path}")
    assert [(item.report, item.issues.records[-1].code) for item in found] == [(None, code)]


def test_a_server_that_keeps_dripping_is_cut_off(port: int) -> None:
    began = time.monotonic()
    with pytest.raises(UnreadableError, match=r"longer than 0\.3 seconds"):
        fetcher(timeout_s=0.3).fetch(f"http://news.example:{port}/slow")
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/page",
        "http://localhost:{port}/page",
        "http://2130706433:{port}/page",
        "http://0x7f.1:{port}/page",
        "http://[::1]:{port}/page",
        "http://[::ffff:127.0.0.1]:{port}/page",
        "http://0.0.0.0:{port}/page",
        "http://169.254.169.254/latest/meta-data",
        "http://user:word@93.184.215.14/",
    ],
)
def test_nothing_private_is_ever_asked(port: int, address: str) -> None:
    asked = len(hosts_asked)
    with pytest.raises(UnreadableError) as caught:
        Fetcher(50_000).fetch(address.format(port=port))
    assert caught.value.code in {"address_refused", "fetch_failed"}
    assert len(hosts_asked) == asked


def test_a_name_with_one_private_address_among_others_is_refused() -> None:
    mixed = Fetcher(50_000, resolver=lambda *_: ["93.184.215.14", "192.168.1.1"])
    with pytest.raises(UnreadableError) as caught:
        mixed.fetch("http://news.example/")
    assert caught.value.code == "address_refused"


def test_a_name_is_looked_up_once_a_hop_and_the_address_examined_is_the_one_asked(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes its address between the look and the call gains nothing."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    connected: list[object] = []
    connect = socket.socket.connect

    def note(self: socket.socket, address: tuple[str, int]) -> None:
        connected.append(address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", note)
    changing = Fetcher(50_000, allowed=lambda address: address.is_loopback, resolver=lambda *_: next(answers))
    with pytest.raises(UnreadableError) as caught:
        changing.fetch(f"http://news.example:{port}/moved")
    assert caught.value.code == "address_refused"
    assert connected == [("127.0.0.1", port)]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:4700::1111", True),
        ("64:ff9b::5db8:d70e", True),
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.1.1", False),
        ("127.0.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.215.14", True),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
    ],
)
def test_which_addresses_are_public(address: str, *, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl program to make a certificate")
def test_a_secure_server_is_asked_by_name_and_must_prove_it(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [*MAKE_CERTIFICATE.split(), "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )
    names: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with suppress(OSError), listening.accept()[0] as accepted:
                context.wrap_socket(accepted, server_side=True)

        answering = threading.Thread(target=answer)
        answering.start()
        with pytest.raises(UnreadableError, match=r"fetched: self-signed certificate\.$"):
            fetcher().fetch(f"https://news.example:{listening.getsockname()[1]}/")
        answering.join()
    assert names == ["news.example"]


def test_a_refused_connection_and_an_unknown_host_say_so_plainly() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    with pytest.raises(UnreadableError, match=r"^The address cannot be fetched: Connection refused\.$"):
        fetcher().fetch(f"http://news.example:{closed}/")

    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(UnreadableError, match=r"^The host 'nowhere.example' is not known\.$"):
        Fetcher(50_000, resolver=unknown).fetch("http://nowhere.example/")
