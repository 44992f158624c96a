"""VirtualMachineInstanceMigrations: an instance that seems to move from one node that does not exist to another."""

from .client import INSTANCE, MIGRATION
from .instances import NODE
from .objects import condition, deleting, now, status_patch

PHASES = ("Pending", "Scheduling", "Scheduled", "PreparingTarget", "TargetReady", "Running", "Succeeded")
OVER = ("Succeeded", "Failed")
OTHER_NODE = NODE + "-2"


class Migrations:
    """Plays the migration controller."""

    def __init__(self, world):
        self.world = world

    def reconcile(self, namespace, name):
        """Takes a migration one step on; returns the seconds until the next step, or None."""
        migration = self.world.migrations.get(namespace, name)
        if migration is None or deleting(migration):
            return None
        status = migration.get("status", {})
        if status.get("phase") in OVER:
            return None
        instance = self.world.instances.get(namespace, migration["spec"].get("vmiName", ""))
        why = self._obstacle(migration, instance)
        if why:
            return self._fail(migration, instance, why)
        share = self.world.boot_seconds / (len(PHASES) - 1)
        here = PHASES.index(status["phase"]) if status.get("phase") in PHASES else -1
        uid = migration["metadata"]["uid"]
        elapsed = self.world.timers.elapsed(("migration", uid), max(here, 0) * share)
        due = min(int(elapsed / share) if share else len(PHASES) - 1, len(PHASES) - 1)
        phase = PHASES[max(here, due)]
        if phase in ("Running", "Succeeded"):
            state = self._move(migration, instance, phase)
            self._report(migration, {"phase": phase, "migrationState": state})
        else:
            self._report(migration, {"phase": phase})
        return (due + 1) * share - elapsed if phase not in OVER else None

    def _obstacle(self, migration, instance):
        """Why the migration cannot be, or None."""
        if instance is None or deleting(instance) or instance.get("status", {}).get("phase") != "Running":
            return "the instance does not run"
        state = instance["status"].get("migrationState") or {}
        if state.get("startTimestamp") and not state.get("endTimestamp") and \
                state.get("migrationUid") != migration["metadata"]["uid"]:
            return "another migration of the instance is running"
        for entry in instance["status"].get("conditions", []):
            if entry["type"] == "LiveMigratable" and entry["status"] == "False":
                return entry.get("message", "")
        return None

    def _move(self, migration, instance, phase):
        """Writes into the instance how far it is; returns that."""
        status, uid = instance["status"], migration["metadata"]["uid"]
        state = status.get("migrationState") or {}
        if state.get("migrationUid") != uid:
            here = status.get("nodeName") or NODE
            state = {"migrationUid": uid, "sourceNode": here, "targetNode": NODE if here != NODE else OTHER_NODE,
                     "startTimestamp": now(), "mode": "PreCopy"}
        if phase == "Succeeded":
            state = {**state, "completed": True, "endTimestamp": now()}
        moved = {"nodeName": state["targetNode"]} if phase == "Succeeded" else {}
        # A merge patch: what an earlier migration said must go.
        gone = {key: None for key in status.get("migrationState") or {} if key not in state}
        self._write(instance, {"migrationState": {**state, **gone}, **moved})
        return state

    def _fail(self, migration, instance, why):
        state = (instance or {}).get("status", {}).get("migrationState") or {}
        if state.get("migrationUid") == migration["metadata"]["uid"] and not state.get("endTimestamp"):
            self._write(instance, {"migrationState": {"failed": True, "completed": True, "endTimestamp": now()}})
        self._report(migration, {"phase": "Failed",
                                 "conditions": [condition("migrationRejected", True, "Simulated", why)]})

    def _write(self, instance, status):
        written = self.world.client.patch(INSTANCE, instance, {"status": status})
        if written:
            self.world.instances.put(written)
            self.world.wake("machine", instance["metadata"]["namespace"], instance["metadata"]["name"])

    def _report(self, migration, status):
        known = migration.get("status", {})
        patch = status_patch(known, status)
        if patch and status["phase"] != known.get("phase"):
            entry = {"phase": status["phase"], "phaseTransitionTimestamp": now()}
            patch["status"]["phaseTransitionTimestamps"] = known.get("phaseTransitionTimestamps", []) + [entry]
        if patch:
            self.world.migrations.put(self.world.client.patch(MIGRATION, migration, patch, "status"))
