"""A small Kubernetes API client: one persistent connection per thread, JSON, and watches."""

import http.client
import json
import ssl
import threading
import urllib.parse

MANAGER = "virt-controller-simulation"
MERGE = "application/merge-patch+json"
TIMEOUT = 30
WATCH_SECONDS = 240

# What a broken or missing server raises; all of it is worth a second try later.
NETWORK_ERRORS = (OSError, http.client.HTTPException)


class ApiError(Exception):
    """An answer of 400 and more."""

    def __init__(self, status, text):
        self.status = status
        try:
            self.message = json.loads(text).get("message", "")
        except (ValueError, AttributeError):
            self.message = text[:200]
        super().__init__(f"{status} {self.message}")


class Resource:
    """One kind of object and where it lives."""

    def __init__(self, api, kind, plural):
        self.api = api
        self.kind = kind
        self.plural = plural
        self.root = ("/apis/" if "/" in api else "/api/") + api

    def path(self, namespace=None, name=None, sub=None):
        """The path of the collection, an object, or a part of an object."""
        parts = [self.root]
        if namespace:
            parts += ["namespaces", namespace]
        parts.append(self.plural)
        parts += [part for part in (name, sub) if part]
        return "/".join(parts)

    def path_of(self, thing, sub=None):
        """The path of an object that exists."""
        meta = thing["metadata"]
        return self.path(meta.get("namespace"), meta["name"], sub)


VIRTUAL_MACHINE = Resource("kubevirt.io/v1", "VirtualMachine", "virtualmachines")
INSTANCE = Resource("kubevirt.io/v1", "VirtualMachineInstance", "virtualmachineinstances")
MIGRATION = Resource("kubevirt.io/v1", "VirtualMachineInstanceMigration", "virtualmachineinstancemigrations")
DATA_VOLUME = Resource("cdi.kubevirt.io/v1beta1", "DataVolume", "datavolumes")
CLAIM = Resource("v1", "PersistentVolumeClaim", "persistentvolumeclaims")
POD = Resource("v1", "Pod", "pods")
NODE = Resource("v1", "Node", "nodes")
SECRET = Resource("v1", "Secret", "secrets")
CONFIG_MAP = Resource("v1", "ConfigMap", "configmaps")
REVISION = Resource("apps/v1", "ControllerRevision", "controllerrevisions")
DATA_SOURCE = Resource("cdi.kubevirt.io/v1beta1", "DataSource", "datasources")
POOL = Resource("pool.kubevirt.io/v1beta1", "VirtualMachinePool", "virtualmachinepools")
SNAPSHOT = Resource("snapshot.kubevirt.io/v1beta1", "VirtualMachineSnapshot", "virtualmachinesnapshots")
RESTORE = Resource("snapshot.kubevirt.io/v1beta1", "VirtualMachineRestore", "virtualmachinerestores")
CLONE = Resource("clone.kubevirt.io/v1beta1", "VirtualMachineClone", "virtualmachineclones")


class Client:
    """Talks to one API server; may be used by many threads."""

    def __init__(self, config):
        url = urllib.parse.urlsplit(config["server"])
        self.secure = url.scheme != "http"
        self.host = url.hostname
        self.port = url.port or (443 if self.secure else 80)
        self.local = threading.local()
        self.headers = {"Accept": "application/json", "User-Agent": MANAGER}
        if config.get("token"):
            self.headers["Authorization"] = "Bearer " + config["token"]
        self.context = self._context(config) if self.secure else None

    @staticmethod
    def _context(config):
        context = ssl.create_default_context(cadata=config["authority"])
        if str(config.get("insecure-skip-tls-verify", "")).lower() == "true":
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def connect(self, timeout=TIMEOUT):
        """A new connection, not yet open."""
        if self.secure:
            return http.client.HTTPSConnection(self.host, self.port, timeout=timeout,
                                               context=self.context)
        return http.client.HTTPConnection(self.host, self.port, timeout=timeout)

    def call(self, method, path, body=None, content_type="application/json"):
        """One request; returns the answer's object or raises ApiError or a network error."""
        data = None if body is None else json.dumps(body, separators=(",", ":")).encode()
        headers = dict(self.headers)
        if data is not None:
            headers["Content-Type"] = content_type
        status, text = self._exchange(method, path, data, headers)
        if status >= 400:
            raise ApiError(status, text)
        return json.loads(text)

    def _exchange(self, method, path, data, headers):
        """Uses the thread's connection. A kept one may have been closed meanwhile: then tries a fresh one."""
        for kept in (True, False):
            connection = getattr(self.local, "connection", None) if kept else None
            if kept and connection is None:
                continue
            connection = connection or self.connect()
            self.local.connection = None
            try:
                connection.request(method, path, body=data, headers=headers)
                answer = connection.getresponse()
                text = answer.read().decode()
            except NETWORK_ERRORS:
                connection.close()
                if kept:
                    continue
                raise
            if not answer.will_close:
                self.local.connection = connection
            return answer.status, text
        raise OSError("no connection")

    def create(self, resource, namespace, thing, options=None):
        """Creates an object; None if one of that name is there. The options are those of CreateOptions."""
        body = {"apiVersion": resource.api, "kind": resource.kind, **thing}
        query = urllib.parse.urlencode({"fieldManager": MANAGER, **(options or {})}, doseq=True)
        try:
            return self.call("POST", f"{resource.path(namespace)}?{query}", body)
        except ApiError as error:
            if error.status == 409:
                return None
            raise

    def patch(self, resource, thing, patch, sub=None, options=None):
        """A JSON merge patch for this very object (its uid is checked); None if it is gone. The options are those of
        Kubernetes' PatchOptions, such as {"dryRun": ["All"]}."""
        meta = dict(patch.get("metadata", {}), uid=thing["metadata"]["uid"])
        query = urllib.parse.urlencode({"fieldManager": MANAGER, **(options or {})}, doseq=True)
        try:
            return self.call("PATCH", f"{resource.path_of(thing, sub)}?{query}", dict(patch, metadata=meta), MERGE)
        except ApiError as error:
            if error.status == 404:
                return None
            raise

    def delete(self, resource, thing, grace=None):
        """Deletes this very object; fine if it is gone."""
        options = {"apiVersion": "v1", "kind": "DeleteOptions", "propagationPolicy": "Background",
                   "preconditions": {"uid": thing["metadata"]["uid"]}}
        if grace is not None:
            options["gracePeriodSeconds"] = grace
        try:
            self.call("DELETE", resource.path_of(thing), options)
        except ApiError as error:
            if error.status not in (404, 409):
                raise

    def get(self, resource, namespace, name):
        """The object, or None."""
        try:
            return self.call("GET", resource.path(namespace, name))
        except ApiError as error:
            if error.status == 404:
                return None
            raise

    def watch(self, resource, version):
        """Yields (type, object) until the server ends the watch."""
        query = urllib.parse.urlencode({"watch": "true", "resourceVersion": version,
                                        "allowWatchBookmarks": "true", "timeoutSeconds": WATCH_SECONDS})
        connection = self.connect(timeout=WATCH_SECONDS + 30)
        try:
            connection.request("GET", f"{resource.path()}?{query}", headers=self.headers)
            answer = connection.getresponse()
            if answer.status >= 400:
                raise ApiError(answer.status, answer.read().decode())
            yield from _events(answer)
        finally:
            connection.close()


def _events(answer):
    rest = b""
    while True:
        block = answer.read1(1 << 16)
        if not block:
            return
        *lines, rest = (rest + block).split(b"\n")
        for line in lines:
            if line.strip():
                event = json.loads(line)
                yield event["type"], event["object"]
