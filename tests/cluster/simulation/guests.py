"""What was asked of guests, by the uid of their instance, until it shows in the instance's conditions."""

import threading


class Guests:
    """Remembers who is to be paused and who is to go on."""

    def __init__(self):
        self.lock = threading.Lock()
        self.paused = {}

    def pause(self, uid):
        """Stops the guest's processors."""
        with self.lock:
            self.paused[uid] = True

    def resume(self, uid):
        """Lets the guest go on."""
        with self.lock:
            self.paused[uid] = False

    def is_paused(self, instance):
        """Whether the guest is paused: by what was asked last, else (after a start of the simulation) as it says, and
        at first as it was started."""
        status = instance.get("status", {})
        known = any(entry["type"] == "Paused" and entry["status"] == "True" for entry in status.get("conditions", []))
        if status.get("phase") != "Running":
            known = instance["spec"].get("startStrategy") == "Paused"
        with self.lock:
            return self.paused.get(instance["metadata"]["uid"], known)

    def forget(self, uid):
        """The instance is gone."""
        with self.lock:
            self.paused.pop(uid, None)
