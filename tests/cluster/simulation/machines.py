"""VirtualMachines and their instances: the part of KubeVirt's virt-controller, with no guest behind it."""

import copy

from . import defaulting, instances
from .client import DATA_VOLUME, INSTANCE, VIRTUAL_MACHINE
from .objects import condition, deleting, difference, is_owned_by, owner_reference, status_patch
from .storage import USABLE, is_broken

RUNNING = ("Always", "RerunOnFailure", "Once")
# What is passed on to a running instance without a restart.
LIVE = ("nodeSelector", "affinity", "tolerations")


class Outcome:
    """What is to be said about a machine, and when to look again."""

    def __init__(self, text, instance=None, delay=None, more=None):
        self.text = text
        self.instance = instance
        self.delay = delay
        self.more = more or {}


class Machines:
    """Plays the VirtualMachine controller."""

    def __init__(self, world):
        self.world = world
        # Machines stopped or started by a request, by uid; what the run strategy says is overruled by it.
        self.requested = {}

    def reconcile(self, namespace, name):
        """Takes a machine one step on; returns the seconds until the next step, or None."""
        machine = self.world.machines.get(namespace, name)
        if machine is None:
            return None
        instance = self.world.instances.get(namespace, name)
        if instance and not is_owned_by(instance, machine):
            instance = None
        if deleting(machine):
            return self._finish(machine, instance)
        machine = self._write_in(machine)
        if machine is None:
            return None
        self._make_volumes(machine)
        outcome = self._play(machine, instance)
        self._report(machine, outcome)
        return outcome.delay

    # --- what is written into the object -----------------------------------------------------------------------

    def _write_in(self, machine):
        """Writes what webhook and controller write; returns the machine as it is now (None: it is gone)."""
        spec = defaulting.webhook_spec(machine)
        meta = defaulting.controller_metadata(machine)
        managers = machine["metadata"].get("managedFields")
        changed = spec != machine["spec"]
        if changed:
            machine = self._patch(machine, {"spec": difference(machine["spec"], spec)})
        if machine and (meta or changed):
            patch = {"metadata": dict(meta or {})}
            if changed and managers:
                patch["metadata"]["managedFields"] = managers
            machine = self._patch(machine, patch)
        return machine

    def _patch(self, machine, patch):
        """A patch that fails if somebody else was first (the caller tries again with the newer object)."""
        version = {"resourceVersion": machine["metadata"]["resourceVersion"]}
        patch["metadata"] = dict(patch.get("metadata", {}), **version)
        machine = self.world.client.patch(VIRTUAL_MACHINE, machine, patch)
        self.world.machines.put(machine)
        return machine

    def _make_volumes(self, machine):
        """Makes the DataVolumes of the templates; they are not updated later."""
        meta = machine["metadata"]
        for template in machine["spec"].get("dataVolumeTemplates", []):
            wish = template.get("metadata") or {}
            name = wish.get("name")
            if not name or self.world.volumes.get(meta["namespace"], name):
                continue
            volume = {"metadata": {
                "name": name, "namespace": meta["namespace"],
                "labels": dict(wish.get("labels") or {}, **{"kubevirt.io/created-by": meta["uid"]}),
                "annotations": dict(wish.get("annotations") or {},
                                    **{"cdi.kubevirt.io/allowClaimAdoption": "true"}),
                "ownerReferences": [owner_reference(VIRTUAL_MACHINE, machine)]},
                "spec": copy.deepcopy(template["spec"])}
            self.world.volumes.put(self.world.client.create(DATA_VOLUME, meta["namespace"], volume))

    # --- running -----------------------------------------------------------------------------------------------

    def _play(self, machine, instance):
        meta = machine["metadata"]
        if not self._wanted(machine, instance):
            return self._stop(machine, instance)
        fault = self.world.faults.of("VirtualMachine", meta["namespace"], meta["name"])
        if instance is None:
            obstacle = self._obstacle(machine)
            if obstacle:
                return obstacle
            if fault == "crash-loop":
                failure = {"consecutiveFailCount": 3, "lastFailedVMIUID": meta["uid"]}
                return Outcome("CrashLoopBackOff", more={"startFailure": failure})
            instance = self._start(machine)
            if instance is None:
                return Outcome("Starting", delay=0.2)
        if deleting(instance):
            return Outcome("Stopping", instance)
        return self._boot(machine, instance, fault)

    def _wanted(self, machine, instance):
        """Whether the machine shall run, by its strategy and by requests through the API."""
        uid, strategy = machine["metadata"]["uid"], strategy_of(machine)
        for request in machine.get("status", {}).get("stateChangeRequests") or []:
            self.requested[uid] = request["action"] == "Start"
        if strategy == "Halted":
            self.requested.pop(uid, None)
            return False
        if strategy in ("Manual", "RerunOnFailure") and uid in self.requested:
            return self.requested[uid]
        return strategy in RUNNING or (strategy == "Manual" and instance is not None)

    def _stop(self, machine, instance):
        """A guest takes its time to shut down, so the machine is Stopping for a moment."""
        if instance is None:
            return Outcome("Stopped")
        meta = instance["metadata"]
        remaining = self.world.timers.remaining(("stop", meta["uid"]), True, self.world.boot_seconds / 2)
        if remaining > 0:
            return Outcome("Stopping", instance, delay=remaining)
        self.world.client.delete(INSTANCE, instance)
        return Outcome("Stopped" if not deleting(machine) else "Terminating")

    def _obstacle(self, machine):
        """The outcome if a volume keeps the machine from starting, else None."""
        namespace, uid = machine["metadata"]["namespace"], machine["metadata"]["uid"]
        for volume in machine["spec"]["template"]["spec"].get("volumes", []):
            data = volume.get("dataVolume")
            name = claim_of(volume)
            if name is None:
                continue
            source = self.world.volumes.get(namespace, name)
            if source and is_broken(source):
                return Outcome("DataVolumeError")
            if source:
                if source.get("status", {}).get("phase") not in USABLE:
                    return Outcome("Provisioning")
                continue
            claim = self.world.claims.get(namespace, name)
            if claim is None and not data:
                # The claim may be only just on its way.
                remaining = self.world.timers.remaining(("claim", uid), name, self.world.boot_seconds)
                if remaining <= 0:
                    return Outcome("ErrorPvcNotFound")
                return Outcome("Provisioning", delay=remaining)
            if claim is None or claim.get("status", {}).get("phase") != "Bound":
                return Outcome("Provisioning")
        return None

    def _start(self, machine):
        instance = self.world.client.create(INSTANCE, machine["metadata"]["namespace"],
                                            instances.build(machine, VIRTUAL_MACHINE))
        self.world.instances.put(instance)
        return instance

    def _boot(self, machine, instance, fault):
        """From Scheduling to Running, unless a fault keeps it from that."""
        if fault == "unschedulable":
            self._write_instance(instance, instances.unschedulable(instance))
            return Outcome("ErrorUnschedulable", instance)
        if instance.get("status", {}).get("phase") != "Running":
            uid = instance["metadata"]["uid"]
            remaining = self.world.timers.remaining(("boot", uid), True, self.world.boot_seconds)
            if remaining > 0:
                return Outcome("Starting", instance, delay=remaining)
        self._pass_on(machine, instance)
        instance = self._write_instance(instance, instances.running(instance, fault))
        return Outcome("Paused" if fault == "paused" else "Running", instance)

    def _pass_on(self, machine, instance):
        """Updates what a running instance takes over from its machine."""
        wanted, spec = machine["spec"]["template"]["spec"], instance["spec"]
        patch = {field: wanted.get(field) for field in LIVE if wanted.get(field) != spec.get(field)}
        if patch:
            self.world.instances.put(self.world.client.patch(INSTANCE, instance, {"spec": patch}))

    def _write_instance(self, instance, status):
        patch = status_patch(instance.get("status", {}), status)
        if patch is None:
            return instance
        # The status is no part of its own here: it is written like the rest of the object.
        written = self.world.client.patch(INSTANCE, instance, patch)
        self.world.instances.put(written)
        return written or instance

    def _finish(self, machine, instance):
        """Stops a deleted machine, then lets go of it."""
        meta = machine["metadata"]
        if instance:
            outcome = self._stop(machine, instance)
            self._report(machine, Outcome("Terminating", instance))
            return outcome.delay
        self.requested.pop(meta["uid"], None)
        left = [entry for entry in meta.get("finalizers", []) if entry != defaulting.FINALIZER]
        if left != meta.get("finalizers", []):
            self._patch(machine, {"metadata": {"finalizers": left}})
        return None

    # --- status ------------------------------------------------------------------------------------------------

    def _report(self, machine, outcome):
        instance, known = outcome.instance, machine.get("status", {})
        entries = instances.machine_conditions(instance)
        if instance and needs_restart(machine, instance):
            entries.append(condition("RestartRequired", True, "RestartRequired",
                                     "a non-live-updatable field was changed in the template spec"))
        generation = machine["metadata"]["generation"]
        ready = any(entry["type"] == "Ready" and entry["status"] == "True" for entry in entries)
        status = {"printableStatus": outcome.text, "conditions": entries,
                  "created": True if instance else None, "ready": True if ready else None,
                  "runStrategy": strategy_of(machine), "observedGeneration": generation,
                  "desiredGeneration": generation, "startFailure": None, "stateChangeRequests": None,
                  **outcome.more}
        patch = status_patch(known, status)
        if patch:
            self.world.machines.put(self.world.client.patch(VIRTUAL_MACHINE, machine, patch, "status"))


def strategy_of(machine):
    """The run strategy; `running` is its older form."""
    spec = machine["spec"]
    return spec.get("runStrategy") or ("Always" if spec.get("running") else "Halted")


def claim_of(volume):
    """The name of the claim behind a machine's volume, or None."""
    if "dataVolume" in volume:
        return volume["dataVolume"]["name"]
    if "persistentVolumeClaim" in volume:
        return volume["persistentVolumeClaim"]["claimName"]
    return None


def needs_restart(machine, instance):
    """Whether the machine differs from what its instance was started with, live fields apart."""
    wanted, spec = machine["spec"]["template"]["spec"], instance["spec"]
    return any(wanted.get(field) != spec.get(field)
               for field in wanted.keys() | spec.keys() if field not in LIVE)
