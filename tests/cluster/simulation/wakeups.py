"""Who has to look again when an object has changed."""

from . import client as api
from .hotplug import claim_of
from .mirror import key_of
from .objects import controller_of

# The controller that looks after the objects of a kind, and that of what these objects own.
CONTROLLERS = {api.VIRTUAL_MACHINE.kind: "machine", api.DATA_VOLUME.kind: "volume", api.CLAIM.kind: "claim",
               api.POD.kind: "pod", api.DATA_SOURCE.kind: "source", api.MIGRATION.kind: "migration",
               api.SNAPSHOT.kind: "snapshot", api.RESTORE.kind: "restore", api.CLONE.kind: "clone",
               api.POOL.kind: "pool"}


class Wakeups:
    """Puts keys into the queue."""

    def __init__(self, world):
        self.world = world
        # By (namespace, claim): the names of the machines that use it.
        self.users = {}

    def changed(self, kind, thing):
        """An object of the kind was listed, made, changed or deleted."""
        if kind in CONTROLLERS:
            self.world.wake(CONTROLLERS[kind], *key_of(thing))
        owner = controller_of(thing)
        if owner and owner["kind"] in CONTROLLERS:
            self.world.wake(CONTROLLERS[owner["kind"]], thing["metadata"]["namespace"], owner["name"])
        more = {api.VIRTUAL_MACHINE.kind: self._machine, api.INSTANCE.kind: self._instance,
                api.DATA_VOLUME.kind: self._storage, api.CLAIM.kind: self._storage,
                api.DATA_SOURCE.kind: self._source}.get(kind)
        if more:
            more(thing)

    def users_of(self, namespace, claim):
        """The machines that use a claim have to look again."""
        for name in list(self.users.get((namespace, claim), ())):
            self.world.wake("machine", namespace, name)

    def _machine(self, machine):
        namespace, name = key_of(machine)
        for volume in machine["spec"]["template"].get("spec", {}).get("volumes", []):
            claim = claim_of(volume)
            if claim:
                self.users.setdefault((namespace, claim), set()).add(name)
        for mirror in (self.world.snapshots, self.world.restores, self.world.clones):
            self._all(mirror, namespace)

    def _instance(self, instance):
        namespace, name = key_of(instance)
        for migration in self.world.migrations.all(namespace):
            if migration["spec"].get("vmiName") == name:
                self.world.wake("migration", *key_of(migration))
        self._all(self.world.restores, namespace)

    def _storage(self, thing):
        self.users_of(*key_of(thing))
        self._all(self.world.sources)

    def _source(self, source):
        self._all(self.world.sources, source["metadata"]["namespace"])

    def _all(self, mirror, namespace=None):
        for thing in mirror.all(namespace):
            self.world.wake(CONTROLLERS[mirror.resource.kind], *key_of(thing))
