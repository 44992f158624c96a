"""VirtualMachineRestores: a machine becomes what its snapshot says, with new claims; a target that is not there yet is
made of the snapshot, switched off."""

import copy
import json

from .client import CLAIM, DATA_VOLUME, RESTORE, VIRTUAL_MACHINE
from .hotplug import claim_of
from .jsonpatch import PatchError, apply
from .objects import condition, deleting, difference, is_owned_by, now, owner_reference, status_patch
from .power import strategy_of
from .snapshots import content_of
from .storage import POPULATED_FOR
from .subresources import machines as verbs
from .subresources.refusal import Refusal

PROTECTION = "snapshot.kubevirt.io/vmrestore-protection"
LAST_RESTORE = "restore.kubevirt.io/lastRestoreUID"
GRACE_SECONDS = 300
POLL_SECONDS = 0.3
WAIT = "Waiting for target VM to be powered off. Please stop the restore target to proceed with restore"
TOO_LATE = ("Restore target failed to be ready within 5m0s. Please power off the target VM before attempting restore")
STOPPING = "Automatically stopping restore target for restore operation"
MUST_BE_OFF = "Restore target VMI must be powered off before restore operation"
OTHER_TARGET = "restore source and restore target are different but restore target already exists"


class Waiting(Exception):
    """The restore cannot go on now."""


class Failing(Exception):
    """The restore cannot go on at all."""


class Restores:
    """Plays the restore controller."""

    def __init__(self, world):
        self.world = world

    def reconcile(self, namespace, name):
        """Takes a restore one step on; returns the seconds until the next step, or None."""
        restore = self.world.restores.get(namespace, name)
        if restore is None:
            return None
        machine = self.world.machines.get(namespace, restore["spec"]["target"]["name"])
        if deleting(restore):
            return self._let_go(restore, machine)
        if is_over(restore):
            return None
        try:
            restore = self._take_on(restore, machine)
            self._need_stopped(restore, machine)
            saved = self._saved(restore, machine)
            return self._carry_out(restore, machine, saved)
        except Waiting as waiting:
            self._report(restore, _of(str(waiting)))
            return POLL_SECONDS
        except (Failing, PatchError) as failing:
            text = str(failing)
            self._report(restore, [*_of(text), condition("Failure", True, "", text)])
            return None

    def _take_on(self, restore, machine):
        """With a finalizer, and as a part of the machine that is restored."""
        meta, patch = restore["metadata"], {}
        if not meta.get("ownerReferences") and machine:
            patch["ownerReferences"] = [owner_reference(VIRTUAL_MACHINE, machine)]
        if PROTECTION not in meta.get("finalizers", []):
            patch["finalizers"] = meta.get("finalizers", []) + [PROTECTION]
        if patch:
            restore = self._patch(restore, {"metadata": patch}, None)
        if not restore.get("status"):
            restore = self._report(restore, _of("Initializing VirtualMachineRestore", "True"))
        return restore

    def _need_stopped(self, restore, machine):
        namespace, name = restore["metadata"]["namespace"], restore["spec"]["target"]["name"]
        if machine is None or self.world.instances.get(namespace, name) is None:
            return
        policy = restore["spec"].get("targetReadinessPolicy", "WaitGracePeriod")
        if policy == "FailImmediate":
            raise Failing(MUST_BE_OFF)
        if policy == "StopTarget":
            try:
                verbs.stop(self.world, namespace, name, {})
            except Refusal:
                pass  # it is on its way already
            raise Waiting(STOPPING)
        uid = restore["metadata"]["uid"]
        if policy == "WaitGracePeriod" and self.world.timers.remaining(("grace", uid), True, GRACE_SECONDS) <= 0:
            raise Failing(TOO_LATE)
        raise Waiting(WAIT if policy == "WaitEventually" else f"{WAIT}, or the operation will fail after 5m0s")

    def _saved(self, restore, machine):
        """What the snapshot holds."""
        namespace, name = restore["metadata"]["namespace"], restore["spec"]["virtualMachineSnapshotName"]
        snapshot = self.world.snapshots.get(namespace, name)
        if snapshot is None:
            raise Waiting(f"VMSnapshot {namespace}/{name} does not exist")
        if snapshot.get("status", {}).get("phase") == "Failed":
            raise Waiting(f"VMSnapshot {namespace}/{name} failed and is invalid to use")
        saved = content_of(self.world, snapshot) if snapshot.get("status", {}).get("readyToUse") else None
        if saved is None:
            raise Waiting(f"VMSnapshot {namespace}/{name} not ready")
        target = restore["spec"]["target"]["name"]
        if machine and saved["metadata"]["name"] != target and not is_restored(machine, restore):
            raise Waiting(OTHER_TARGET)
        return saved

    def _carry_out(self, restore, machine, saved):
        meta = restore["metadata"]
        if machine and not is_restored(machine, restore):
            holder = machine.get("status", {}).get("restoreInProgress")
            if holder not in (None, meta["name"]):
                raise Waiting(f"vm restore {holder} in progress")
            self._mark(machine, meta["name"])
        remaining = self.world.timers.remaining(("restore", meta["uid"]), True, self.world.boot_seconds)
        if remaining > 0:
            self._report(restore, _of("Creating new PVCs", "True", "Waiting for new PVCs"))
            return remaining
        restores = restores_of(restore, saved)
        made = restored(restore, machine, saved, restores)
        if not (machine and is_restored(machine, restore)):
            self._make_claims(restore, saved, restores)
            machine = self._write(restore, machine, made)
        if machine:
            self._mark(machine, None)
        status = {"complete": True, "restoreTime": now(), "restores": restores,
                  "deletedDataVolumes": self._delete_obsolete(machine, saved, restores)}
        self._report(restore, _of("Operation complete", "False", "Operation complete", "True"), status)
        return None

    def _make_claims(self, restore, saved, restores):
        """Copies of the claims, with the content of the snapshot; a DataVolume will take on its own."""
        namespace = restore["metadata"]["namespace"]
        volumes = {volume["name"]: volume for volume in saved["spec"]["template"]["spec"].get("volumes", [])}
        for entry in restores:
            old = claim_of(volumes[entry["volumeName"]])
            if old == entry["persistentVolumeClaim"]:
                continue
            known = self.world.claims.get(namespace, old)
            spec = {key: value for key, value in (known or {}).get("spec", {}).items()
                    if key in ("accessModes", "volumeMode", "resources", "storageClassName")}
            spec = spec or {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
            meta = {"name": entry["persistentVolumeClaim"], "namespace": namespace,
                    "labels": {"restore.kubevirt.io/source-vm-name": saved["metadata"]["name"],
                               "restore.kubevirt.io/source-vm-namespace": namespace},
                    "annotations": {"restore.kubevirt.io/name": restore["metadata"]["name"]}}
            if "dataVolumeName" in entry:
                meta["annotations"][POPULATED_FOR] = entry["dataVolumeName"]
            self.world.claims.put(self.world.client.create(CLAIM, namespace, {"metadata": meta, "spec": spec}))

    def _write(self, restore, machine, made):
        """Makes the target, or changes it; returns it."""
        namespace = restore["metadata"]["namespace"]
        if machine is None:
            machine = self.world.client.create(VIRTUAL_MACHINE, namespace, made)
        else:
            meta = {"annotations": {LAST_RESTORE: mark_of(restore)},
                    "resourceVersion": machine["metadata"]["resourceVersion"]}
            patch = {"metadata": meta, "spec": difference(machine["spec"], made["spec"])}
            machine = self.world.client.patch(VIRTUAL_MACHINE, machine, patch)
        self.world.machines.put(machine)
        return machine

    def _delete_obsolete(self, machine, saved, restores):
        """Removes the DataVolumes of templates that new ones have taken the place of."""
        renamed = {entry["volumeName"] for entry in restores if "dataVolumeName" in entry}
        current = {entry["dataVolumeName"] for entry in restores if "dataVolumeName" in entry}
        gone = []
        for volume in saved["spec"]["template"]["spec"].get("volumes", []):
            name = claim_of(volume)
            if volume["name"] not in renamed or name in current or machine is None:
                continue
            known = self.world.volumes.get(machine["metadata"]["namespace"], name)
            if known and is_owned_by(known, machine):
                self.world.client.delete(DATA_VOLUME, known)
                gone.append(name)
        return gone

    def _mark(self, machine, name):
        """Says in the machine's status which restore is in progress."""
        if machine.get("status", {}).get("restoreInProgress") != name:
            patch = {"status": {"restoreInProgress": name}}
            self.world.machines.put(self.world.client.patch(VIRTUAL_MACHINE, machine, patch, "status"))

    def _let_go(self, restore, machine):
        meta = restore["metadata"]
        if machine and machine.get("status", {}).get("restoreInProgress") == meta["name"]:
            self._mark(machine, None)
        left = [entry for entry in meta.get("finalizers", []) if entry != PROTECTION]
        if left != meta.get("finalizers", []):
            self._patch(restore, {"metadata": {"finalizers": left}}, None)

    def _report(self, restore, conditions, more=None):
        status = {"complete": False, "conditions": conditions, **(more or {})}
        patch = status_patch(restore.get("status", {}), status)
        return self._patch(restore, patch, "status") if patch else restore

    def _patch(self, restore, patch, sub):
        written = self.world.client.patch(RESTORE, restore, patch, sub)
        self.world.restores.put(written)
        return written or restore


def is_over(restore):
    """Whether a restore is complete or has failed."""
    status = restore.get("status", {})
    return bool(status.get("complete")) or any(entry["type"] == "Failure" for entry in status.get("conditions", []))


def mark_of(restore):
    """The annotation of a machine that the restore has changed."""
    return f"{restore['metadata']['name']}-{restore['metadata']['uid']}"


def is_restored(machine, restore):
    """Whether the restore has changed the machine already."""
    return machine["metadata"].get("annotations", {}).get(LAST_RESTORE) == mark_of(restore)


def restores_of(restore, saved):
    """Which volumes get which claims."""
    spec, found = restore["spec"], []
    overrides = {entry.get("volumeName"): entry.get("restoreName") for entry in spec.get("volumeRestoreOverrides", [])}
    templates = {(template.get("metadata") or {}).get("name")
                 for template in saved["spec"].get("dataVolumeTemplates", [])}
    for volume in saved["spec"]["template"]["spec"].get("volumes", []):
        claim = claim_of(volume)
        if claim is None:
            continue
        policy = spec.get("volumeRestorePolicy", "RandomizeNames")
        name = {"InPlace": claim, "PrefixTargetName": f"{spec['target']['name']}-{volume['name']}"}.get(
            policy, f"restore-{restore['metadata']['uid']}-{volume['name']}")
        name = overrides.get(volume["name"]) or name
        entry = {"volumeName": volume["name"], "persistentVolumeClaim": name,
                 "volumeSnapshotName": f"vmsnapshot-simulated-volume-{volume['name']}"}
        if "dataVolume" in volume and claim in templates:
            entry["dataVolumeName"] = name
        found.append(entry)
    return found


def restored(restore, machine, saved, restores):
    """The target as it will be."""
    spec = copy.deepcopy(saved["spec"])
    names = {entry["volumeName"]: entry for entry in restores}
    renamed = {}
    for volume in spec["template"]["spec"].get("volumes", []):
        entry = names.get(volume["name"])
        if entry is None:
            continue
        if "dataVolumeName" in entry:
            renamed[volume["dataVolume"]["name"]] = entry["dataVolumeName"]
            volume["dataVolume"]["name"] = entry["dataVolumeName"]
        else:
            kept = volume.pop("dataVolume", None) or volume.get("persistentVolumeClaim", {})
            kept = {key: value for key, value in kept.items() if key in ("hotpluggable", "readOnly")}
            volume["persistentVolumeClaim"] = {**kept, "claimName": entry["persistentVolumeClaim"]}
    for template in spec.get("dataVolumeTemplates", []):
        name = template["metadata"]["name"]
        template["metadata"]["name"] = renamed.get(name, name)
    strategy = strategy_of(machine) if machine else "Halted"
    spec.pop("running", None)
    spec["runStrategy"] = strategy
    meta = {"name": restore["spec"]["target"]["name"], "namespace": restore["metadata"]["namespace"],
            "labels": dict(saved["metadata"].get("labels", {})),
            "annotations": {**saved["metadata"].get("annotations", {}), LAST_RESTORE: mark_of(restore)}}
    made = {"metadata": meta, "spec": spec}
    if machine is None:
        made = apply(made, [json.loads(text) for text in restore["spec"].get("patches", [])])
    return made


def _of(why, progressing="False", waits=None, ready="False"):
    return [condition("Progressing", progressing, why), condition("Ready", ready, waits or why)]
