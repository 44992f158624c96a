"""DataSources: the part of CDI that says whether what they name may be copied."""

from .client import DATA_SOURCE
from .objects import condition, status_patch
from .storage import is_done


class DataSources:
    """Plays CDI's DataSource controller."""

    def __init__(self, world):
        self.world = world

    def reconcile(self, namespace, name):
        """Says whether a DataSource is ready."""
        source = self.world.sources.get(namespace, name)
        if source is None:
            return
        ready, origin = self._judge(namespace, source["spec"]["source"], {name})
        status = {"conditions": [ready], "source": origin if ready["status"] == "True" else {}}
        patch = status_patch(source.get("status", {}), status)
        if patch:
            # The status is no part of its own here: it is written like the rest of the object.
            self.world.sources.put(self.world.client.patch(DATA_SOURCE, source, patch))

    def _judge(self, namespace, origin, seen):
        """The condition Ready, and what is copied in the end, as one DataSource may name another."""
        if "dataSource" in origin:
            return self._follow(namespace, origin["dataSource"], seen)
        if "pvc" in origin:
            return self._judge_claim(namespace, origin), origin
        if "snapshot" in origin:
            return _unready("NotFound", "Snapshot not found"), origin
        return _unready("NoSource", "No source PVC set"), origin

    def _follow(self, namespace, named, seen):
        if (named.get("namespace") or namespace) != namespace:
            return _unready("CrossNamespaceReference", "a DataSource of another namespace is named"), {}
        if named["name"] in seen:
            return _unready("SelfReference", "the DataSources name each other"), {}
        source = self.world.sources.get(namespace, named["name"])
        if source is None:
            return _unready("NotFound", f'datasources.cdi.kubevirt.io "{named["name"]}" not found'), {}
        return self._judge(namespace, source["spec"]["source"], seen | {named["name"]})

    def _judge_claim(self, namespace, origin):
        place = (origin["pvc"].get("namespace") or namespace, origin["pvc"]["name"])
        volume = self.world.volumes.get(*place)
        if volume is None and self.world.claims.get(*place) is None:
            return _unready("NotFound", "PVC not found")
        if volume and not is_done(volume):
            phase = volume.get("status", {}).get("phase", "")
            return _unready(phase or "Pending", f"Import DataVolume phase {phase}")
        return condition("Ready", True, "Ready", "DataSource is ready to be consumed")


def _unready(reason, message):
    return condition("Ready", False, reason, message)
