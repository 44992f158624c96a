"""The HTTPS server behind the aggregated API: who asks, what for, and the answer."""

import http.server
import json
import os
import socketserver
import ssl
import threading
import time
import urllib.parse

from ..client import ApiError, NETWORK_ERRORS
from . import discovery, guests, machines, registration
from .refusal import Refusal, bad, internal, not_played, unauthenticated, unknown_path

BODY_MAX = 1 << 20
IDLE_SECONDS = 300
HANDSHAKE_SECONDS = 10
VERBS = {"virtualmachines": machines.VERBS, "virtualmachineinstances": guests.VERBS}


class Server:
    """Listens on a loopback port from the start; answers once the API server has told whom to trust."""

    def __init__(self, world, pki):
        self.world = world
        self.stopping = threading.Event()
        self.registered = threading.Event()
        self.documents = discovery.documents()
        self.proxy = None
        self.authority = _text(os.path.join(pki, "ca.crt"))
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(os.path.join(pki, "virt-api.crt"), os.path.join(pki, "virt-api.key"))
        # Without a certificate one sees the discovery and nothing else.
        self.context.verify_mode = ssl.CERT_OPTIONAL

    def start(self):
        """Serves in threads that end with the process."""
        threading.Thread(target=self._run, name="subresources", daemon=True).start()

    def _run(self):
        client, log = self.world.client, self.world.log
        self.proxy = registration.when_possible(lambda: registration.front_proxy(client), log, self.stopping)
        if self.proxy is None:
            return
        self.context.load_verify_locations(cadata=self.proxy["authority"])
        with _Listener(self) as listener:
            threading.Thread(target=listener.serve_forever, name="subresources-accept", daemon=True).start()
            port = listener.server_address[1]
            registration.when_possible(lambda: registration.register(client, port, self.authority), log, self.stopping)
            self.registered.set()
            log(f"serves {discovery.GROUP} on port {port}")
            self.stopping.wait()

    # --- one request -------------------------------------------------------------------------------------------

    def answer(self, method, path, headers, certificate, body):
        """The status code and the body (None: empty) of an answer."""
        try:
            return self._answer(method, urllib.parse.unquote(path.rstrip("/") or "/"), headers, certificate, body)
        except Refusal as refusal:
            return refusal.code, refusal.status
        except (ApiError, *NETWORK_ERRORS) as error:
            refusal = internal(error)
            return refusal.code, refusal.status

    def _answer(self, method, path, headers, certificate, body):
        if path in self.documents and method in ("GET", "HEAD"):
            return 200, self.documents[path]
        self._authenticate(headers, certificate)
        namespace, kind, name, verb = _parts(path)
        play = VERBS.get(kind, {}).get(verb)
        if play is None:
            known = f"{kind}/{verb}" in discovery.RESOURCES + discovery.UNLISTED
            raise not_played(path) if known else unknown_path(path)
        if method != "PUT":
            raise Refusal(405, "MethodNotAllowed", "405: Method Not Allowed")
        return play(self.world, namespace, name, _options(body)), None

    def _authenticate(self, headers, certificate):
        """As in KubeVirt: the API server has let the user pass; all there is to see is that it was the API server."""
        if not certificate:
            raise unauthenticated("request is not authenticated")
        names = [value for part in certificate.get("subject", ()) for key, value in part if key == "commonName"]
        if self.proxy["names"] and not set(names) & set(self.proxy["names"]):
            raise unauthenticated(f"{', '.join(names)}: not the name of the front proxy")
        if not any(headers.get(header) for header in self.proxy["users"]):
            raise unauthenticated("a valid user header is required for authorization")


def _text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def _parts(path):
    """(namespace, plural kind, name, verb) of a subresource's path."""
    parts = path.split("/")
    if len(parts) < 9 or parts[:3] != ["", "apis", discovery.GROUP] or parts[3] not in discovery.VERSIONS \
            or parts[4] != "namespaces":
        raise unknown_path(path)
    return parts[5], parts[6], parts[7], "/".join(parts[8:])


def _options(body):
    """The options in a body, which may be empty."""
    if not body.strip():
        return {}
    try:
        options = json.loads(body)
    except ValueError as error:
        raise bad(f"Can not unmarshal Request body to struct, error: {error}") from None
    if not isinstance(options, dict):
        raise bad("Can not unmarshal Request body to struct, error: not an object")
    return options


class _Listener(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, served):
        self.served = served
        super().__init__(("127.0.0.1", 0), _Handler)

    def get_request(self):
        # The handshake is made in the connection's own thread, so that a slow peer keeps nobody else waiting.
        connection, address = super().get_request()
        connection.settimeout(HANDSHAKE_SECONDS)
        return self.served.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, request, client_address):
        """A peer that goes away or has no business here is no news."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "kubevirt-simulation"
    sys_version = ""
    disable_nagle_algorithm = True

    def setup(self):
        self.request.do_handshake()
        self.request.settimeout(IDLE_SECONDS)
        super().setup()

    def _serve(self):
        body = self._body()
        if body is None:
            self.close_connection = True
            self._reply(413, None)
            return
        path = urllib.parse.urlsplit(self.path).path
        began = time.monotonic()
        code, answer = self.server.served.answer(self.command, path, self.headers, self.request.getpeercert(), body)
        if self.command not in ("GET", "HEAD"):
            self.server.served.world.log(f"{self.command} {path}: {code} in {time.monotonic() - began:.3f} s")
        self._reply(code, answer)

    do_GET = do_HEAD = do_PUT = do_POST = do_PATCH = do_DELETE = _serve

    def _body(self):
        """The request's body; None: too large."""
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            return self._chunks()
        length = int(self.headers.get("Content-Length") or 0)
        return self.rfile.read(length) if length <= BODY_MAX else None

    def _chunks(self):
        """A body whose length the API server did not know when it passed it on."""
        body = b""
        while True:
            size = int(self.rfile.readline(64).split(b";")[0] or b"0", 16)
            if len(body) + size > BODY_MAX:
                return None
            body += self.rfile.read(size)
            self.rfile.readline(8)
            if size == 0:
                return body

    def _reply(self, code, answer):
        text = b"" if answer is None else json.dumps(answer, separators=(",", ":")).encode() + b"\n"
        self.send_response(code)
        if answer is not None:
            self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    def log_message(self, *_):
        """Each request is said once, by _serve."""
