"""VirtualMachineClones: as in KubeVirt, a snapshot of the source that is restored to another machine."""

import json
import re
import secrets

from .client import CLONE, RESTORE, SNAPSHOT
from .objects import condition, deleting, owner_reference, status_patch
from .restores import is_over
from .snapshots import content_of

OVER = ("Succeeded", "Failed")
POLL_SECONDS = 0.3
DOMAIN = "/spec/template/spec/domain"


class Clones:
    """Plays the clone controller."""

    def __init__(self, world):
        self.world = world

    def reconcile(self, namespace, name):
        """Takes a clone one step on; returns the seconds until the next step, or None."""
        clone = self.world.clones.get(namespace, name)
        if clone is None or deleting(clone):
            return None
        phase = clone.get("status", {}).get("phase")
        if phase == "Succeeded":
            return self._follow(clone)
        if phase == "Failed":
            return None
        return self._take_snapshot(clone)

    def _follow(self, clone):
        """A clone whose machine was deleted goes, too."""
        meta = clone["metadata"]
        if self.world.machines.get(meta["namespace"], clone["status"]["targetName"]) is None:
            self.world.client.delete(CLONE, clone)

    def _take_snapshot(self, clone):
        namespace, source = clone["metadata"]["namespace"], clone["spec"]["source"]
        name = source["name"]
        if source["kind"] == "VirtualMachine":
            if self.world.machines.get(namespace, name) is None:
                return self._wait(clone, f"Source doesn't exist: VirtualMachine {namespace}/{name}")
            name = f"tmp-snapshot-{clone['metadata']['uid']}"
            if self.world.snapshots.get(namespace, name) is None:
                self.world.snapshots.put(self.world.client.create(SNAPSHOT, namespace, {
                    "metadata": self._meta(clone, name),
                    "spec": {"source": {"apiGroup": "kubevirt.io", "kind": "VirtualMachine", "name": source["name"]}}}))
        snapshot = self.world.snapshots.get(namespace, name)
        if snapshot is None:
            return self._wait(clone, f"Source doesn't exist: VirtualMachineSnapshot {namespace}/{name}")
        status = snapshot.get("status", {})
        if status.get("phase") == "Failed":
            return self._report(clone, "Failed", "Failed", f"snapshot {name} failed")
        if not status.get("readyToUse"):
            return self._go_on(clone, "SnapshotInProgress", {"snapshotName": name})
        return self._restore(clone, snapshot)

    def _restore(self, clone, snapshot):
        namespace, name = clone["metadata"]["namespace"], f"tmp-restore-{clone['metadata']['uid']}"
        names = {"snapshotName": snapshot["metadata"]["name"], "restoreName": name}
        restore = self.world.restores.get(namespace, name)
        if restore is None:
            saved = content_of(self.world, snapshot)
            if saved is None:
                return self._report(clone, "Failed", "Failed", "the snapshot holds nothing")
            spec = {"target": self._target(clone, saved), "virtualMachineSnapshotName": names["snapshotName"],
                    "patches": [json.dumps(operation) for operation in patches(saved, clone["spec"])] +
                    clone["spec"].get("patches", [])}
            if clone["spec"].get("volumeNamePolicy"):
                spec["volumeRestorePolicy"] = clone["spec"]["volumeNamePolicy"]
            self.world.restores.put(self.world.client.create(
                RESTORE, namespace, {"metadata": self._meta(clone, name), "spec": spec}))
            return self._go_on(clone, "RestoreInProgress", names)
        if not is_over(restore):
            return self._go_on(clone, "RestoreInProgress", names)
        target = restore["spec"]["target"]["name"]
        if not restore["status"].get("complete"):
            return self._report(clone, "Failed", "Failed", f"restore {name} failed")
        if self.world.machines.get(namespace, target) is None:
            return self._go_on(clone, "CreatingTargetVM", {**names, "targetName": target})
        self._report(clone, "Succeeded", "Ready", "Ready",
                     {"snapshotName": None, "restoreName": None, "targetName": target})
        self.world.client.delete(RESTORE, restore)
        if clone["spec"]["source"]["kind"] == "VirtualMachine":
            self.world.client.delete(SNAPSHOT, snapshot)
        return None

    @staticmethod
    def _target(clone, saved):
        target = {"apiGroup": "kubevirt.io", "kind": "VirtualMachine", **clone["spec"].get("target", {})}
        target["name"] = target.get("name") or f"{saved['metadata']['name']}-clone-{secrets.token_hex(3)[:5]}"
        return target

    @staticmethod
    def _meta(clone, name):
        return {"name": name, "namespace": clone["metadata"]["namespace"],
                "ownerReferences": [owner_reference(CLONE, clone)]}

    def _wait(self, clone, why):
        """Nothing begins before the source is there."""
        phase = clone.get("status", {}).get("phase")
        self._report(clone, phase, "Pending", why)
        return POLL_SECONDS

    def _go_on(self, clone, phase, names):
        self._report(clone, phase, "Still processing", "Still processing", names)
        return POLL_SECONDS

    def _report(self, clone, phase, progress, ready, names=None):
        entries = [condition("Progressing", progress == "Still processing", progress),
                   condition("Ready", phase == "Succeeded", ready)]
        status = {"conditions": entries, **(names or {})}
        if phase:
            status["phase"] = phase
        patch = status_patch(clone.get("status", {}), status)
        if patch:
            self.world.clones.put(self.world.client.patch(CLONE, clone, patch, "status"))


def patches(saved, spec):
    """What makes the copy another machine: its addresses, serial number and firmware id, and what is filtered out."""
    template = saved["spec"]["template"]
    domain, operations = template["spec"].get("domain", {}), []
    addresses = spec.get("newMacAddresses", {})
    for number, wish in enumerate(domain.get("devices", {}).get("interfaces", [])):
        place = f"{DOMAIN}/devices/interfaces/{number}/macAddress"
        operations += _set(place, "macAddress" in wish, addresses.get(wish["name"]))
    firmware = domain.get("firmware", {})
    if firmware:
        operations += _set(f"{DOMAIN}/firmware/serial", "serial" in firmware, spec.get("newSMBiosSerial"))
        operations += _set(f"{DOMAIN}/firmware/uuid", "uuid" in firmware, None)
    filters, inner = spec.get("template", {}), template.get("metadata") or {}
    for place, values, wanted in (("/metadata/labels", saved["metadata"].get("labels"), spec.get("labelFilters")),
                                  ("/metadata/annotations", saved["metadata"].get("annotations"),
                                   spec.get("annotationFilters")),
                                  ("/spec/template/metadata/labels", inner.get("labels"), filters.get("labelFilters")),
                                  ("/spec/template/metadata/annotations", inner.get("annotations"),
                                   filters.get("annotationFilters"))):
        for key in values or {}:
            if wanted is not None and not is_kept(key, wanted):
                operations.append({"op": "remove", "path": f"{place}/{key.replace('~', '~0').replace('/', '~1')}"})
    return operations


def _set(place, present, value):
    if value:
        return [{"op": "add", "path": place, "value": value}]
    return [{"op": "remove", "path": place}] if present else []


def is_kept(key, filters):
    """Whether the filters leave the key: one of them fits, and none that begins with `!`."""
    def fits(pattern):
        return re.search(".*" if pattern == "*" else pattern, key) is not None
    return any(fits(one) for one in filters if not one.startswith("!")) and \
        not any(fits(one[1:]) for one in filters if one.startswith("!"))
