"""VirtualMachineSnapshots. What a machine was at that time is kept in a ControllerRevision that belongs to the
snapshot, in place of KubeVirt's VirtualMachineSnapshotContent."""

import re

from .client import REVISION, SNAPSHOT, VIRTUAL_MACHINE
from .hotplug import claim_of
from .objects import condition, deleting, now, owner_reference, status_patch

OVER = ("Succeeded", "Failed")
DEADLINE = "5m"
LATE = "snapshot deadline exceeded"
UNITS = {"h": 3600, "m": 60, "s": 1, "ms": 0.001}
ONLINE = {"Online": "The snapshot was taken while the machine was running (simulated)",
          "NoGuestAgent": "No guest agent could freeze the file systems (simulated)",
          "Paused": "The machine was paused (simulated)"}


class Snapshots:
    """Plays the snapshot controller."""

    def __init__(self, world):
        self.world = world

    def reconcile(self, namespace, name):
        """Takes a snapshot one step on; returns the seconds until the next step, or None."""
        snapshot = self.world.snapshots.get(namespace, name)
        if snapshot is None or snapshot.get("status", {}).get("phase") in OVER:
            return None
        machine = self.world.machines.get(namespace, snapshot["spec"]["source"]["name"])
        if deleting(snapshot):
            self._unlock(machine, name)
            return None
        left = self.world.timers.remaining(("deadline", snapshot["metadata"]["uid"]), True,
                                           seconds_of(snapshot["spec"].get("failureDeadline") or DEADLINE))
        if left <= 0:
            self._unlock(machine, name)
            return self._report(snapshot, "Failed", [condition("Failure", True, "", LATE), *_of("Operation failed")])
        if machine is None or deleting(machine):
            self._report(snapshot, "InProgress", _of("Source does not exist"))
            return left
        return self._take(snapshot, machine)

    def _take(self, snapshot, machine):
        name, holder = snapshot["metadata"]["name"], machine.get("status", {}).get("snapshotInProgress")
        if holder not in (None, name):
            self._report(snapshot, "InProgress", _of(f"Source not locked, waiting for snapshot {holder}"))
            return self.world.boot_seconds
        if holder is None:
            self._lock(machine, name)
        uid = snapshot["metadata"]["uid"]
        remaining = self.world.timers.remaining(("snapshot", uid), True, self.world.boot_seconds)
        if remaining > 0:
            self._report(snapshot, "InProgress", _of("Source locked and operation in progress", "True"), machine)
            return remaining
        self._keep(snapshot, machine)
        self._report(snapshot, "Succeeded", _of("Operation complete", "False", "True"), machine)
        self._unlock(self.world.machines.get(machine["metadata"]["namespace"], machine["metadata"]["name"]), name)
        return None

    def _keep(self, snapshot, machine):
        meta = machine["metadata"]
        data = {"metadata": {"name": meta["name"], "labels": meta.get("labels", {}),
                             "annotations": meta.get("annotations", {})}, "spec": machine["spec"]}
        self.world.client.create(REVISION, meta["namespace"], {
            "metadata": {"name": content_name(snapshot), "namespace": meta["namespace"],
                         "ownerReferences": [owner_reference(SNAPSHOT, snapshot)]},
            "data": data, "revision": 0})

    def _report(self, snapshot, phase, conditions, machine=None):
        status = {"phase": phase, "readyToUse": phase == "Succeeded", "conditions": conditions}
        if machine:
            status["sourceUID"] = machine["metadata"]["uid"]
            indications = self._indications(machine)
            if indications and phase != "Succeeded":
                status["indications"] = indications
                status["sourceIndications"] = [{"indication": entry, "message": ONLINE[entry]} for entry in indications]
        if phase == "Succeeded":
            volumes = machine["spec"]["template"]["spec"].get("volumes", [])
            held = [volume["name"] for volume in volumes if claim_of(volume)]
            rest = [volume["name"] for volume in volumes if not claim_of(volume)]
            status.update(creationTime=snapshot.get("status", {}).get("creationTime") or now(),
                          virtualMachineSnapshotContentName=content_name(snapshot),
                          snapshotVolumes={"includedVolumes": held, "excludedVolumes": rest})
        patch = status_patch(snapshot.get("status", {}), status)
        if patch:
            self.world.snapshots.put(self.world.client.patch(SNAPSHOT, snapshot, patch, "status"))

    def _indications(self, machine):
        instance = self.world.instances.get(machine["metadata"]["namespace"], machine["metadata"]["name"])
        if instance is None:
            return []
        return sorted(["Online", "Paused" if self.world.guests.is_paused(instance) else "NoGuestAgent"])

    def _lock(self, machine, name):
        version = {"resourceVersion": machine["metadata"]["resourceVersion"]}
        patch = {"metadata": version, "status": {"snapshotInProgress": name}}
        self.world.machines.put(self.world.client.patch(VIRTUAL_MACHINE, machine, patch, "status"))

    def _unlock(self, machine, name):
        if machine and machine.get("status", {}).get("snapshotInProgress") == name:
            patch = {"status": {"snapshotInProgress": None}}
            self.world.machines.put(self.world.client.patch(VIRTUAL_MACHINE, machine, patch, "status"))


def content_name(snapshot):
    """Where what the snapshot holds is kept."""
    return f"vmsnapshot-content-{snapshot['metadata']['uid']}"


def content_of(world, snapshot):
    """The machine as it was (metadata and spec), or None."""
    revision = world.client.get(REVISION, snapshot["metadata"]["namespace"], content_name(snapshot))
    return revision and revision["data"]


def seconds_of(text):
    """The seconds of a duration such as 5m0s."""
    return sum(float(number) * UNITS[unit] for number, unit in re.findall(r"([\d.]+)(h|ms|m|s)", text))


def _of(why, progressing="False", ready="False"):
    return [condition("Progressing", progressing, why),
            condition("Ready", ready, "Ready" if ready == "True" else "Not ready")]
