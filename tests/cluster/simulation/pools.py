"""VirtualMachinePools: their machines POOL-0, POOL-1 ..., kept as many and as new as the pool says."""

import copy
import itertools

from .client import DATA_VOLUME, INSTANCE, POOL, REVISION, VIRTUAL_MACHINE
from .objects import condition, deleting, difference, is_owned_by, owner_reference, status_patch

FINALIZER = "pool.kubevirt.io/finalizer"
REVISION_LABEL = "kubevirt.io/vm-pool-revision-name"
# What of a machine stays as it is when its pool's template changes.
IDENTITY = ("uuid", "serial")
CLAIMS = (("dataVolume", "name"), ("persistentVolumeClaim", "claimName"))
POLL_SECONDS = 0.3


class Pools:
    """Plays the pool controller."""

    def __init__(self, world):
        self.world = world
        self.kept = set()

    def reconcile(self, namespace, name):
        """Takes a pool one step on; returns the seconds until the next step, or None."""
        pool = self.world.pools.get(namespace, name)
        members = self._members(namespace, name, pool)
        self._release([machine for machine in members if pool is None or deleting(machine) or deleting(pool)])
        if pool is None:
            return None
        if deleting(pool):
            self._set_finalizers(POOL, pool, [entry for entry in pool["metadata"].get("finalizers", [])
                                              if entry != FINALIZER])
            return None
        if FINALIZER not in pool["metadata"].get("finalizers", []):
            pool = self._set_finalizers(POOL, pool, pool["metadata"].get("finalizers", []) + [FINALIZER]) or pool
        alive = sorted((machine for machine in members if not deleting(machine)), key=index_of)
        delay = None
        if not pool["spec"].get("paused"):
            self._keep_revision(pool)
            if self._scale(pool, alive, {machine["metadata"]["name"] for machine in members}):
                delay = POLL_SECONDS
            elif "unmanaged" not in pool["spec"].get("updateStrategy", {}):
                delay = POLL_SECONDS if self._update(pool, alive) else None
        self._report(pool, alive)
        return delay

    def _members(self, namespace, name, pool):
        """The pool's machines; those of a pool that is gone are told by its name."""
        found = []
        for machine in self.world.machines.all(namespace):
            for reference in machine["metadata"].get("ownerReferences", []):
                if reference["kind"] == POOL.kind and reference["name"] == name and \
                        (pool is None or reference["uid"] == pool["metadata"]["uid"]):
                    found.append(machine)
        return found

    def _release(self, machines):
        for machine in machines:
            left = [entry for entry in machine["metadata"].get("finalizers", []) if entry != FINALIZER]
            self._set_finalizers(VIRTUAL_MACHINE, machine, left)

    def _set_finalizers(self, resource, thing, finalizers):
        if finalizers == thing["metadata"].get("finalizers", []):
            return None
        patch = {"metadata": {"finalizers": finalizers, "resourceVersion": thing["metadata"]["resourceVersion"]}}
        written = self.world.client.patch(resource, thing, patch)
        (self.world.pools if resource is POOL else self.world.machines).put(written)
        return written

    # --- how many ----------------------------------------------------------------------------------------------

    def _scale(self, pool, alive, taken):
        """Whether machines were made or deleted."""
        wanted = pool["spec"].get("replicas", 1)
        free = (number for number in itertools.count() if f"{pool['metadata']['name']}-{number}" not in taken)
        for number in itertools.islice(free, max(wanted - len(alive), 0)):
            self._make(pool, number)
        strategy = pool["spec"].get("scaleInStrategy", {})
        if len(alive) > wanted and not {"unmanaged", "opportunistic"} & strategy.keys():
            for machine in in_order(alive, strategy.get("proactive", {}))[:len(alive) - wanted]:
                if strategy.get("proactive", {}).get("statePreservation", "Disabled") != "Disabled":
                    self._free_volumes(machine)
                self.world.client.delete(VIRTUAL_MACHINE, machine)
            return True
        return len(alive) < wanted

    def _make(self, pool, number):
        meta, template = pool["metadata"], pool["spec"]["virtualMachineTemplate"]
        outer = template.get("metadata") or {}
        machine = {"metadata": {"name": f"{meta['name']}-{number}", "namespace": meta["namespace"],
                                "labels": {**(outer.get("labels") or {}), REVISION_LABEL: revision_of(pool)},
                                "annotations": dict(outer.get("annotations") or {}), "finalizers": [FINALIZER],
                                "ownerReferences": [owner_reference(POOL, pool)]},
                   "spec": indexed(pool, number)}
        self.world.machines.put(self.world.client.create(VIRTUAL_MACHINE, meta["namespace"], machine))

    def _free_volumes(self, machine):
        """Lets the machine's DataVolumes outlive it."""
        for volume in self.world.volumes.all(machine["metadata"]["namespace"]):
            if is_owned_by(volume, machine):
                self.world.client.patch(DATA_VOLUME, volume, {"metadata": {"ownerReferences": []}})

    # --- how new -----------------------------------------------------------------------------------------------

    def _keep_revision(self, pool):
        meta = pool["metadata"]
        revision = {"metadata": {"name": revision_of(pool), "namespace": meta["namespace"],
                                 "ownerReferences": [owner_reference(POOL, pool)]},
                    "data": pool["spec"], "revision": meta["generation"]}
        key = (meta["uid"], meta["generation"])
        if key not in self.kept:
            self.world.client.create(REVISION, meta["namespace"], revision)
            self.kept.add(key)

    def _update(self, pool, alive):
        """Whether there is more to do: machines get the new template, then their instances are made anew."""
        busy, current = False, revision_of(pool)
        proactive = "opportunistic" not in pool["spec"].get("updateStrategy", {})
        budget = unavailable_at_most(pool) - sum(not is_ready(machine) for machine in alive)
        for machine in alive:
            if machine["metadata"].get("labels", {}).get(REVISION_LABEL) != current:
                machine = self._renew(pool, machine, current)
            instance = self.world.instances.get(machine["metadata"]["namespace"], machine["metadata"]["name"])
            if proactive and instance and not deleting(instance) and \
                    instance["metadata"].get("labels", {}).get(REVISION_LABEL) != current:
                budget -= self._renew_instance(pool, machine, instance, budget)
                busy = True
        return busy

    def _renew(self, pool, machine, current):
        spec = indexed(pool, index_of(machine))
        known = machine["spec"]["template"]["spec"].get("domain", {}).get("firmware", {})
        firmware = spec["template"]["spec"].setdefault("domain", {}).setdefault("firmware", {})
        for field in IDENTITY:
            if field in known:
                firmware.setdefault(field, known[field])
        patch = {"metadata": {"labels": {REVISION_LABEL: current},
                              "resourceVersion": machine["metadata"]["resourceVersion"]},
                 "spec": difference(machine["spec"], spec)}
        written = self.world.client.patch(VIRTUAL_MACHINE, machine, patch)
        self.world.machines.put(written)
        return written or machine

    def _renew_instance(self, pool, machine, instance, budget):
        """How many instances less may be taken down now: what is new only in name stays."""
        name = instance["metadata"].get("labels", {}).get(REVISION_LABEL)
        revision = name and self.world.client.get(REVISION, pool["metadata"]["namespace"], name)
        old = (revision or {}).get("data", {}).get("virtualMachineTemplate", {}).get("spec", {})
        new = pool["spec"]["virtualMachineTemplate"]["spec"]
        if old.get("template") == new["template"] and old.get("dataVolumeTemplates") == new.get("dataVolumeTemplates"):
            label = {"metadata": {"labels": {REVISION_LABEL: revision_of(pool)}}}
            self.world.instances.put(self.world.client.patch(INSTANCE, instance, label))
            return 0
        if budget <= 0:
            return 0
        if old.get("dataVolumeTemplates") != new.get("dataVolumeTemplates"):
            self.world.client.delete(VIRTUAL_MACHINE, machine)
        else:
            self.world.client.delete(INSTANCE, instance)
        return 1

    # --- status ------------------------------------------------------------------------------------------------

    def _report(self, pool, alive):
        entries = []
        if pool["spec"].get("paused"):
            entries.append(condition("ReplicaPaused", True, "SuccessfulPaused", "Pool controller is paused"))
        status = {"labelSelector": selector_text(pool["spec"]["selector"]), "replicas": len(alive),
                  "readyReplicas": sum(is_ready(machine) for machine in alive), "conditions": entries}
        patch = status_patch(pool.get("status") or {}, status)
        if patch:
            self.world.pools.put(self.world.client.patch(POOL, pool, patch, "status"))


def index_of(machine):
    """The number at the end of a member's name."""
    text = machine["metadata"]["name"].rpartition("-")[2]
    return int(text) if text.isdigit() else 0


def revision_of(pool):
    """The name of the pool's template as it is now."""
    return f"{pool['metadata']['name']}-{pool['metadata']['generation']}"


def is_ready(machine):
    """Whether a member's guest is ready."""
    return any(entry["type"] == "Ready" and entry["status"] == "True"
               for entry in machine.get("status", {}).get("conditions", []))


def unavailable_at_most(pool):
    """How many members may be down for an update; without a word, all."""
    wanted, replicas = pool["spec"].get("maxUnavailable", "100%"), pool["spec"].get("replicas", 1)
    if str(wanted).endswith("%"):
        return max(-(-replicas * int(str(wanted)[:-1]) // 100), 1)
    return int(wanted)


def in_order(machines, strategy):
    """Who is deleted first. At random means here: from the highest number."""
    order = strategy.get("selectionPolicy", {}).get("sortPolicy", "Random")
    if order in ("Newest", "Oldest"):
        return sorted(machines, key=lambda machine: machine["metadata"]["creationTimestamp"], reverse=order == "Newest")
    return sorted(machines, key=index_of, reverse=order != "AscendingOrder")


def selector_text(selector):
    """A label selector as one text."""
    parts = [f"{key}={value}" for key, value in sorted(selector.get("matchLabels", {}).items())]
    for entry in selector.get("matchExpressions", []):
        key, values = entry["key"], f"({','.join(sorted(entry.get('values', [])))})"
        parts.append({"Exists": key, "DoesNotExist": f"!{key}", "In": f"{key} in {values}"}.get(
            entry["operator"], f"{key} notin {values}"))
    return ",".join(parts)


def indexed(pool, number):
    """The template's spec for the member of that number: its own DataVolumes, and what else the pool numbers."""
    spec = copy.deepcopy(pool["spec"]["virtualMachineTemplate"]["spec"])
    names = {}
    for template in spec.get("dataVolumeTemplates", []):
        meta = template["metadata"]
        own = f"{meta['name']}-{number}"
        names[meta["name"]], meta["name"] = own, own
    wish = pool["spec"].get("nameGeneration", {})
    for volume in spec["template"]["spec"].get("volumes", []):
        for kind, field in CLAIMS:
            if kind in volume:
                volume[kind][field] = names.get(volume[kind][field], volume[kind][field])
        if wish.get("appendIndexToConfigMapRefs") and "configMap" in volume:
            volume["configMap"]["name"] += f"-{number}"
        if wish.get("appendIndexToSecretRefs"):
            _number_secrets(volume, number)
    meta = spec["template"]["metadata"] = spec["template"].get("metadata") or {}
    meta["labels"] = {**(meta.get("labels") or {}), REVISION_LABEL: revision_of(pool)}
    return spec


def _number_secrets(volume, number):
    if "secret" in volume:
        volume["secret"]["secretName"] += f"-{number}"
    for init in ("cloudInitNoCloud", "cloudInitConfigDrive"):
        for part in ("secretRef", "networkDataSecretRef"):
            if volume.get(init, {}).get(part):
                volume[init][part]["name"] += f"-{number}"
