"""Holds the simulation together: mirrors, queue, workers and options."""

import threading
import time

from . import client as api
from .faults import Faults
from .machines import Machines, claim_of
from .mirror import Mirror, key_of
from .objects import controller_of
from .pods import Pods
from .storage import Claims, DataVolumes
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
        self.queue = WorkQueue()
        self.failures = {}
        self.users = {}
        self.machines = self._mirror(api.VIRTUAL_MACHINE, self._machine_changed)
        self.instances = self._mirror(api.INSTANCE, self._instance_changed)
        self.volumes = self._mirror(api.DATA_VOLUME, self._volume_changed)
        self.claims = self._mirror(api.CLAIM, self._claim_changed)
        self.pods = self._mirror(api.POD, self._pod_changed)
        self.mirrors = [self.machines, self.instances, self.volumes, self.claims, self.pods]
        self.controllers = {"machine": Machines(self), "volume": DataVolumes(self),
                            "claim": Claims(self), "pod": Pods(self)}
        self.workers = []

    def _mirror(self, resource, changed):
        return Mirror(self.client, resource, changed, self.log)

    # --- who is woken by what ----------------------------------------------------------------------------------

    def wake(self, controller, namespace, name, delay=0.0):
        """Has a controller look at an object."""
        self.queue.add((controller, namespace, name), delay)

    def wake_users(self, namespace, claim):
        """Has the machines looked at that use a claim."""
        for name in list(self.users.get((namespace, claim), ())):
            self.wake("machine", namespace, name)

    def _machine_changed(self, machine):
        namespace, name = key_of(machine)
        for volume in machine["spec"]["template"].get("spec", {}).get("volumes", []):
            claim = claim_of(volume)
            if claim:
                self.users.setdefault((namespace, claim), set()).add(name)
        self.wake("machine", namespace, name)

    def _instance_changed(self, instance):
        owner = controller_of(instance)
        if owner:
            self.wake("machine", instance["metadata"]["namespace"], owner["name"])

    def _volume_changed(self, volume):
        self.wake("volume", *key_of(volume))
        self.wake_users(*key_of(volume))
        owner = controller_of(volume)
        if owner and owner["kind"] == api.VIRTUAL_MACHINE.kind:
            self.wake("machine", volume["metadata"]["namespace"], owner["name"])

    def _claim_changed(self, claim):
        self.wake("claim", *key_of(claim))
        self.wake_users(*key_of(claim))
        owner = controller_of(claim)
        if owner and owner["kind"] == api.DATA_VOLUME.kind:
            self.wake("volume", claim["metadata"]["namespace"], owner["name"])

    def _pod_changed(self, pod):
        self.wake("pod", *key_of(pod))

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
