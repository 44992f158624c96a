"""Holds the simulation together: mirrors, queue, workers and options."""

import threading
import time

from . import client as api
from .clones import Clones
from .datasources import DataSources
from .faults import Faults
from .guests import Guests
from .machines import Machines
from .migrations import Migrations
from .mirror import Mirror
from .pods import Pods
from .pools import Pools
from .restores import Restores
from .snapshots import Snapshots
from .storage import Claims, DataVolumes
from .wakeups import Wakeups
from .workqueue import WorkQueue

WORKERS = 8


class Timers:
    """Remembers when a step began, so that being woken early does not make it shorter."""

    def __init__(self):
        self.lock = threading.Lock()
        self.deadlines = {}

    def remaining(self, key, step, seconds):
        """Seconds left of a step of the key; a step first asked for begins now, and stays over once it is."""
        with self.lock:
            known = self.deadlines.get(key)
            if known is None or known[0] != step:
                known = (step, time.monotonic() + seconds)
                self.deadlines[key] = known
            return known[1] - time.monotonic()

    def elapsed(self, key, already=0.0):
        """Seconds since the key was first asked for; then this many were over already."""
        with self.lock:
            begin = self.deadlines.setdefault(key, time.monotonic() - already)
            return time.monotonic() - begin


class World:
    """Everything the controllers share."""

    def __init__(self, client, options, log):
        self.client = client
        self.log = log
        self.faults = Faults(options.fault)
        self.import_seconds = options.import_seconds / options.speed
        self.boot_seconds = options.boot_seconds / options.speed
        self.timers = Timers()
        self.guests = Guests()
        self.queue = WorkQueue()
        self.failures = {}
        self.mirrors = []
        self.wakeups = Wakeups(self)
        self.machines = self._mirror(api.VIRTUAL_MACHINE)
        self.instances = self._mirror(api.INSTANCE)
        self.volumes = self._mirror(api.DATA_VOLUME)
        self.claims = self._mirror(api.CLAIM)
        self.pods = self._mirror(api.POD)
        self.sources = self._mirror(api.DATA_SOURCE)
        self.migrations = self._mirror(api.MIGRATION)
        self.snapshots = self._mirror(api.SNAPSHOT)
        self.restores = self._mirror(api.RESTORE)
        self.clones = self._mirror(api.CLONE)
        self.pools = self._mirror(api.POOL)
        self.controllers = {"machine": Machines(self), "volume": DataVolumes(self), "claim": Claims(self),
                            "pod": Pods(self), "source": DataSources(self), "migration": Migrations(self),
                            "snapshot": Snapshots(self), "restore": Restores(self), "clone": Clones(self),
                            "pool": Pools(self)}
        self.workers = []

    def _mirror(self, resource):
        mirror = Mirror(self.client, resource, lambda thing: self.wakeups.changed(resource.kind, thing), self.log)
        self.mirrors.append(mirror)
        return mirror

    def wake(self, controller, namespace, name, delay=0.0):
        """Has a controller look at an object."""
        self.queue.add((controller, namespace, name), delay)

    # --- work --------------------------------------------------------------------------------------------------

    def start(self):
        """Starts mirrors and workers."""
        for mirror in self.mirrors:
            mirror.start()
        for number in range(WORKERS):
            worker = threading.Thread(target=self._work, name=f"worker-{number}", daemon=True)
            worker.start()
            self.workers.append(worker)

    def listed(self):
        """Whether every mirror had its first list."""
        return all(mirror.listed.is_set() for mirror in self.mirrors)

    def stop(self):
        """Ends after the work at hand; the threads that watch end with the process."""
        for mirror in self.mirrors:
            mirror.stopping.set()
        self.queue.close()
        for worker in self.workers:
            worker.join(timeout=3)

    def _work(self):
        # Nothing is decided before all is known: a volume not yet listed must not look as if it were missing.
        while not self.listed():
            if self.queue.closed:
                return
            time.sleep(0.1)
        while True:
            key = self.queue.get()
            if key is None:
                return
            try:
                self._handle(key)
            finally:
                self.queue.done(key)

    def _handle(self, key):
        controller, namespace, name = key
        try:
            delay = self.controllers[controller].reconcile(namespace, name)
        except (api.ApiError, *api.NETWORK_ERRORS) as error:
            delay = self._failed(key, error)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            # An object of unexpected form must not end the simulation of the others.
            self.log(f"{controller} {namespace}/{name}: {type(error).__name__}: {error}")
            return
        else:
            self.failures.pop(key, None)
        if delay is not None:
            self.queue.add(key, max(delay, 0.0))

    def _failed(self, key, error):
        """The pause before the next try, which grows. A conflict is part of the game and goes unsaid."""
        count = self.failures[key] = self.failures.get(key, 0) + 1
        status = getattr(error, "status", 0)
        if status != 409:
            self.log(f"{key[0]} {key[1]}/{key[2]}: {error}")
        return min(0.05 * 2 ** min(count, 7), 5.0)
