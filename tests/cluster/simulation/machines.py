"""VirtualMachines and their instances: the part of KubeVirt's virt-controller, with no guest behind it."""

import copy

from . import defaulting, flavours, hotplug, instances, obstacles, power
from .client import CLAIM, DATA_VOLUME, INSTANCE, VIRTUAL_MACHINE
from .objects import condition, deleting, difference, is_owned_by, owner_reference, status_patch
from .storage import USABLE

# A machine with this set to "false" gets its DataVolumes only when it is started.
EAGER = "kubevirt.io/immediate-data-volume-creation"
POLL_SECONDS = 0.5


class Outcome:
    """What is to be said about a machine, and when to look again."""

    def __init__(self, text, instance=None, delay=None, more=None, failure=None):
        self.text = text
        self.instance = instance
        self.delay = delay
        self.more = more or {}
        self.failure = failure  # the condition Failure, or None
        # Whether the machine would run if something did not keep it from that.
        self.waits = failure is not None or (instance is None and text != "Stopped")


class Failure(Exception):
    """A step that KubeVirt reports as the machine's condition Failure."""

    def __init__(self, reason, message):
        super().__init__(message)
        self.condition = condition("Failure", True, reason, message)


class Machines:
    """Plays the VirtualMachine controller."""

    def __init__(self, world):
        self.world = world
        self.flavours = flavours.Flavours(world)

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
        flavour, references = None, {}
        try:
            flavour, references = self._flavour(machine)
            if machine["metadata"].get("annotations", {}).get(EAGER) != "false":
                self._make_volumes(machine)
            outcome = self._play(machine, instance, flavour)
        except Failure as failure:
            outcome = self._failed(machine, instance, failure.condition)
        self._report(machine, outcome, flavour, references)
        return outcome.delay

    def _flavour(self, machine):
        try:
            return self.flavours.find(machine)
        except flavours.Missing as missing:
            raise Failure(missing.reason, str(missing)) from None

    def _failed(self, machine, instance, failure):
        """Nothing is started, but what runs goes on until it is to stop."""
        if instance and power.decide(machine, instance) == power.STOP:
            return self._stop(machine, instance)
        running = instance and instance.get("status", {}).get("phase") == "Running"
        return Outcome("Running" if running else "Stopped", instance, POLL_SECONDS, failure=failure)

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
                "spec": self._volume_spec(meta["namespace"], template["spec"])}
            self.world.volumes.put(self.world.client.create(DATA_VOLUME, meta["namespace"], volume))

    def _volume_spec(self, namespace, spec):
        """The spec of a template's DataVolume; what a DataSource stands for takes its place."""
        reference = spec.get("sourceRef")
        if not reference:
            return copy.deepcopy(spec)
        place = (reference.get("namespace") or namespace, reference["name"])
        source = self.world.sources.get(*place)
        if source is None:
            raise Failure("FailedCreate", "Error encountered while creating DataVolumes: "
                                          f'datasources.cdi.kubevirt.io "{place[1]}" not found')
        made = {key: copy.deepcopy(value) for key, value in spec.items() if key != "sourceRef"}
        made["source"] = {kind: dict(named, namespace=named.get("namespace") or place[0])
                          for kind, named in source["spec"]["source"].items()}
        return made

    # --- running -----------------------------------------------------------------------------------------------

    def _play(self, machine, instance, flavour):
        verdict = power.decide(machine, instance)
        if verdict == power.STOP:
            return self._stop(machine, instance)
        if verdict == power.ALWAYS:
            self._switch_on(machine)
            return Outcome("Starting")
        if instance is None:
            return self._begin(machine, flavour) if verdict == power.RUN else Outcome("Stopped")
        if verdict == power.LEAVE:
            return Outcome("Stopped", instance)
        if deleting(instance):
            return Outcome("Stopping", instance)
        return self._boot(machine, instance, flavour)

    def _fault(self, machine):
        meta = machine["metadata"]
        return self.world.faults.of("VirtualMachine", meta["namespace"], meta["name"])

    def _begin(self, machine, flavour):
        """Makes an instance, unless something keeps the machine from starting."""
        self._make_volumes(machine)
        obstacle = obstacles.of_volumes(self.world, machine)
        if obstacle:
            return Outcome(obstacle[0], delay=obstacle[1])
        if self._fault(machine) == "crash-loop":
            failure = {"consecutiveFailCount": 3, "lastFailedVMIUID": machine["metadata"]["uid"]}
            return Outcome("CrashLoopBackOff", more={"startFailure": failure})
        instance = self.world.client.create(INSTANCE, machine["metadata"]["namespace"],
                                            instances.build(machine, VIRTUAL_MACHINE, flavour))
        self.world.instances.put(instance)
        if instance is None:
            return Outcome("Starting", delay=0.2)
        return self._boot(machine, instance, flavour)

    def _switch_on(self, machine):
        """A halted machine whose start was asked for is switched on by its spec."""
        field, value = ("runStrategy", "Always") if machine["spec"].get("runStrategy") else ("running", True)
        self._patch(machine, {"spec": {field: value}})

    def _stop(self, machine, instance):
        """A guest takes its time to shut down, so the machine is Stopping for a moment."""
        meta = instance["metadata"]
        seconds = self.world.boot_seconds / 2
        if instance["spec"].get("terminationGracePeriodSeconds") in (0, 1):
            seconds = 0
        remaining = self.world.timers.remaining(("stop", meta["uid"]), True, seconds)
        if remaining <= 0:
            self.world.client.delete(INSTANCE, instance)
            self.world.guests.forget(meta["uid"])
        return Outcome("Terminating" if deleting(machine) else "Stopping", instance,
                       delay=remaining if remaining > 0 else None)

    def _boot(self, machine, instance, flavour):
        """From Scheduling to Running, unless something keeps it from that."""
        fault = self._fault(machine)
        if fault in STUCK:
            text, status = STUCK[fault]
            return Outcome(text, self._write_instance(instance, status(instance)))
        if instance.get("status", {}).get("phase") != "Running":
            uid = instance["metadata"]["uid"]
            remaining = self.world.timers.remaining(("boot", uid), True, self.world.boot_seconds)
            if remaining > 0:
                return Outcome("Starting", instance, delay=remaining)
            missing = obstacles.missing_mount(self.world, instance)
            if missing:
                instance = self._write_instance(instance, instances.waiting(instance, f"{missing} not found"))
                return Outcome("Starting", instance, delay=POLL_SECONDS)
        instance = self._pass_on(machine, instance, flavour)
        paused = fault == "paused" or self.world.guests.is_paused(instance)
        namespace = machine["metadata"]["namespace"]
        instance = self._write_instance(instance, instances.running(
            instance, fault, paused, lambda claim: self._is_shared(namespace, claim),
            lambda claim: self._is_usable(namespace, claim)))
        if is_migrating(instance):
            return Outcome("Migrating", instance)
        return Outcome("Paused" if paused else "Running", instance)

    def _is_shared(self, namespace, name):
        claim = self.world.claims.get(namespace, name) or self.world.client.get(CLAIM, namespace, name)
        return claim is not None and "ReadWriteMany" in claim["spec"].get("accessModes", [])

    def _is_usable(self, namespace, name):
        volume, claim = self.world.volumes.get(namespace, name), self.world.claims.get(namespace, name)
        return (volume is None or volume.get("status", {}).get("phase") in USABLE) and claim is not None

    def _pass_on(self, machine, instance, flavour):
        """Updates what a running instance takes over from its machine; returns the instance as it is now."""
        migratable = any(entry["type"] == "LiveMigratable" and entry["status"] == "True"
                         for entry in instance.get("status", {}).get("conditions", []))
        patch = hotplug.changes(instances.spec_of(machine, flavour), instance["spec"], migratable)
        if not patch:
            return instance
        written = self.world.client.patch(INSTANCE, instance, {"spec": patch})
        self.world.instances.put(written)
        return written or instance

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
            self._report(machine, Outcome("Terminating", instance), None, {})
            return outcome.delay
        left = [entry for entry in meta.get("finalizers", []) if entry != defaulting.FINALIZER]
        if left != meta.get("finalizers", []):
            self._patch(machine, {"metadata": {"finalizers": left}})
        return None

    # --- status ------------------------------------------------------------------------------------------------

    def _report(self, machine, outcome, flavour, references):
        instance, known = outcome.instance, machine.get("status", {})
        entries = instances.machine_conditions(instance)
        if outcome.failure:
            entries.append(outcome.failure)
        elif instance and not deleting(instance) and outcome.text not in ("Stopping", "Terminating") and \
                hotplug.needs_restart(instances.spec_of(machine, flavour), instance["spec"]):
            entries.append(condition("RestartRequired", True, "RestartRequired",
                                     "a non-live-updatable field was changed in the template spec"))
        generation = machine["metadata"]["generation"]
        ready = any(entry["type"] == "Ready" and entry["status"] == "True" for entry in entries)
        status = {"printableStatus": outcome.text, "conditions": entries,
                  "created": True if instance else None, "ready": True if ready else None,
                  "observedGeneration": generation, "desiredGeneration": generation, "startFailure": None,
                  "volumeSnapshotStatuses": snapshot_statuses(machine) or None, **references, **outcome.more}
        if instance or ("runStrategy" in known and not outcome.waits):
            # Told from the first instance on: by its absence it is seen that a machine never ran.
            status["runStrategy"] = power.strategy_of(machine)
        left = power.after(machine, instance)
        patch = status_patch(known, status) or {}
        if left != power.requests_of(machine):
            patch.setdefault("status", {})["stateChangeRequests"] = left or None
            # What is asked for meanwhile must not get lost.
            patch["metadata"] = {"resourceVersion": machine["metadata"]["resourceVersion"]}
        if patch:
            self.world.machines.put(self.world.client.patch(VIRTUAL_MACHINE, machine, patch, "status"))


# Faults with which an instance never gets beyond Scheduling: what its machine says, and the instance's status.
STUCK = {"unschedulable": ("ErrorUnschedulable", instances.unschedulable),
         "image-pull": ("ErrImagePull", instances.without_image)}


def is_migrating(instance):
    """Whether the instance is on its way to another node."""
    state = instance.get("status", {}).get("migrationState") or {}
    return bool(state.get("startTimestamp")) and not state.get("endTimestamp")


def snapshot_statuses(machine):
    """Which volumes a snapshot would hold."""
    found = []
    for volume in machine["spec"]["template"]["spec"].get("volumes", []):
        entry = {"name": volume["name"], "enabled": hotplug.claim_of(volume) is not None}
        if not entry["enabled"]:
            entry["reason"] = f"Snapshot is not supported for this volumeSource type [{volume['name']}]"
        found.append(entry)
    return found
