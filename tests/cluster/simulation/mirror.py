"""A local mirror of all objects of one kind, kept by list and watch."""

import threading

from .client import ApiError, NETWORK_ERRORS


def key_of(thing):
    """(namespace, name) of an object."""
    meta = thing["metadata"]
    return meta.get("namespace", ""), meta["name"]


def _version(thing):
    return int(thing["metadata"]["resourceVersion"])


class Mirror:
    """Calls changed(object) for everything listed, added, modified or deleted."""

    def __init__(self, client, resource, changed, log):
        self.client = client
        self.resource = resource
        self.changed = changed
        self.log = log
        self.lock = threading.Lock()
        self.things = {}
        self.buried = {}
        self.complaint = None
        self.listed = threading.Event()
        self.stopping = threading.Event()

    def start(self):
        """Keeps the mirror in a thread that ends with the process."""
        name = "mirror-" + self.resource.plural
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def get(self, namespace, name):
        """The object or None. It must not be changed: others read the same one."""
        with self.lock:
            return self.things.get((namespace, name))

    def all(self, namespace=None):
        """The objects of a namespace, or of all."""
        with self.lock:
            return [thing for key, thing in self.things.items() if namespace in (None, key[0])]

    def put(self, thing):
        """Takes in an answer of a write ahead of the watch, unless the mirror knows something newer."""
        if thing is None:
            return
        key = key_of(thing)
        with self.lock:
            known = self.things.get(key)
            if known and _version(known) >= _version(thing):
                return
            if self.buried.get(key, 0) >= _version(thing):
                return
            self.things[key] = thing

    def bury(self, thing):
        """Takes in a deletion."""
        key = key_of(thing)
        with self.lock:
            known = self.things.get(key)
            if known and known["metadata"]["uid"] == thing["metadata"]["uid"]:
                del self.things[key]
            self.buried[key] = max(_version(thing), self.buried.get(key, 0))

    def _run(self):
        """Lists and watches for ever; backs off while the server is not there or lacks the kind."""
        pause = 0.1
        while not self.stopping.is_set():
            try:
                version = self._list()
                pause = 0.1
                self.complaint = None
                self._watch(version)
            except ApiError as error:
                if error.status == 404:
                    # The server does not know the kind (yet), so there is none.
                    self.listed.set()
                elif error.status != 410:
                    self._complain(error)
            except NETWORK_ERRORS as error:
                self._complain(error)
            self.stopping.wait(pause)
            pause = min(pause * 2, 2.0)

    def _complain(self, error):
        """Says the same only once in a row."""
        text = f"{self.resource.plural}: {error}"
        if text != self.complaint:
            self.complaint = text
            self.log(text)

    def _list(self):
        answer = self.client.call("GET", self.resource.path())
        fresh = {key_of(thing): thing for thing in answer["items"]}
        with self.lock:
            lost = [thing for key, thing in self.things.items() if key not in fresh]
            self.things = fresh
            self.buried = {}
        for thing in lost + list(fresh.values()):
            self.changed(thing)
        self.listed.set()
        return answer["metadata"]["resourceVersion"]

    def _watch(self, version):
        """Follows the changes; returns when a relist is due."""
        while not self.stopping.is_set():
            for kind, thing in self.client.watch(self.resource, version):
                if kind == "ERROR":
                    return
                version = thing["metadata"]["resourceVersion"]
                if kind == "BOOKMARK":
                    continue
                if kind == "DELETED":
                    self.bury(thing)
                else:
                    self.put(thing)
                self.changed(thing)
