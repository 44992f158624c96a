"""DataVolumes (CDI's part) and PersistentVolumeClaims (the part of a storage provider)."""

from .client import CLAIM, DATA_VOLUME
from .objects import condition, controller_of, deleting, is_owned_by, owner_reference, status_patch
from .quantity import canonical

# The steps after Pending as (phase, progress), in even distances; the last after --import-seconds.
IMPORT = (("ImportScheduled", "N/A"), ("ImportInProgress", "0.00%"), ("ImportInProgress", "33.00%"),
          ("ImportInProgress", "66.00%"), ("Succeeded", "100.0%"))
CLONE = (("CloneScheduled", "N/A"), ("CloneInProgress", "0.00%"), ("CloneInProgress", "50.00%"),
         ("Succeeded", "100.0%"))
UPLOAD = (("UploadScheduled", "N/A"), ("UploadReady", "N/A"))
UPLOADED = (*UPLOAD, ("Succeeded", "N/A"))
BLANK = (("Succeeded", "100.0%"),)
PENDING = ("Pending", "N/A")

USABLE = ("Succeeded", "WaitForFirstConsumer", "PendingPopulation")
FAILED = ("Failed",)
BROKEN_REASONS = ("Error", "ImagePullFailed")
PROTECTION = "kubernetes.io/pvc-protection"
# On a claim: how far the upload into it is; a test says Succeeded to play its end.
POD_PHASE = "cdi.kubevirt.io/storage.pod.phase"
# On a claim that has its content: for which DataVolume it is. On a DataVolume: whether a claim that is there will do.
POPULATED_FOR = "cdi.kubevirt.io/storage.populatedFor"
ADOPTION = "cdi.kubevirt.io/allowClaimAdoption"
POLL_SECONDS = 0.5
FAILURE = "Unable to connect to http data source: expected status code 200, got 404. Status: 404 Not Found"


class DataVolumes:
    """Plays CDI's DataVolume controller."""

    def __init__(self, world):
        self.world = world

    def reconcile(self, namespace, name):
        """Takes a DataVolume one step on; returns the seconds until the next step, or None."""
        volume = self.world.volumes.get(namespace, name)
        if volume is None or deleting(volume):
            return None
        claim = self.world.claims.get(namespace, name)
        if claim and not is_owned_by(claim, volume):
            claim = self._adopt(volume, claim)
            if claim is None:
                return self._report(volume, PENDING, bound=False)
        origin = None
        if not is_done(volume) and not is_populated(claim, volume):
            origin = self._origin(volume)
            if isinstance(origin, str):
                self._report(volume, PENDING, bound=False, why=origin)
                return POLL_SECONDS
        if claim is None:
            claim = self.world.client.create(CLAIM, namespace, claim_for(volume, origin))
            self.world.claims.put(claim)
        if claim is None or claim.get("status", {}).get("phase") != "Bound":
            return self._report(volume, PENDING, bound=False)
        return self._advance(volume, claim)

    def _adopt(self, volume, claim):
        """The claim as the volume's own, if it may be: it was restored for it, or adoption is allowed."""
        allowed = volume["metadata"].get("annotations", {}).get(ADOPTION) == "true"
        if controller_of(claim) or not (allowed or is_populated(claim, volume)):
            return None
        name = volume["metadata"]["name"]
        patch = {"metadata": {"ownerReferences": [owner_reference(DATA_VOLUME, volume)],
                              "annotations": {POPULATED_FOR: name}}}
        claim = self.world.client.patch(CLAIM, claim, patch)
        self.world.claims.put(claim)
        return claim

    def _origin(self, volume):
        """The claim that the volume is a copy of (None: it is no copy), or a text that says what is missing."""
        namespace, source = volume["metadata"]["namespace"], volume["spec"].get("source") or {}
        reference = volume["spec"].get("sourceRef")
        if reference:
            place = (reference.get("namespace") or namespace, reference["name"])
            named = self.world.sources.get(*place)
            if named is None or not is_ready(named):
                return f"DataSource {'/'.join(place)} is not ready"
            namespace, source = place[0], named["spec"]["source"]
        if "pvc" not in source:
            return None
        place = (source["pvc"].get("namespace") or namespace, source["pvc"]["name"])
        claim, made_by = self.world.claims.get(*place), self.world.volumes.get(*place)
        if claim is None or (made_by and not is_done(made_by)):
            return f"The source pvc {'/'.join(place)} doesn't exist or is not populated yet"
        return claim

    def _advance(self, volume, claim):
        meta, status = volume["metadata"], volume.get("status", {})
        steps = steps_of(volume, claim)
        share = self.world.import_seconds / max(len(steps) - 1, 1)
        if self.world.faults.of("DataVolume", meta["namespace"], meta["name"]) == "import-failed":
            steps = IMPORT[:2]
        here = (status.get("phase"), status.get("progress"))
        place = steps.index(here) if here in steps else -1
        last = len(steps) - 1
        # By the clock, so that steps are left out rather than late when there is much to do.
        elapsed = self.world.timers.elapsed(("volume", meta["uid"]), max(place, 0) * share)
        due = min(int(elapsed / share) if share else last, last)
        self._report(volume, steps[max(place, due)], bound=True)
        return (due + 1) * share - elapsed if due < last else None

    def _report(self, volume, step, bound, why=""):
        meta = volume["metadata"]
        fault = self.world.faults.of("DataVolume", meta["namespace"], meta["name"])
        broken = fault == "import-failed" and step[0].endswith("InProgress")
        status = {"phase": step[0], "progress": step[1], "claimName": meta["name"],
                  "conditions": conditions(meta["name"], step[0], bound, broken, why)}
        if broken:
            status["restartCount"] = 3
        patch = status_patch(volume.get("status", {}), status)
        if patch:
            self.world.volumes.put(self.world.client.patch(DATA_VOLUME, volume, patch, "status"))


def is_done(volume):
    """Whether a DataVolume has its content."""
    return volume.get("status", {}).get("phase") == "Succeeded"


def is_populated(claim, volume):
    """Whether the claim came with the content for the DataVolume."""
    return claim is not None and \
        claim["metadata"].get("annotations", {}).get(POPULATED_FOR) == volume["metadata"]["name"]


def is_ready(source):
    """Whether a DataSource may be copied."""
    return any(entry["type"] == "Ready" and entry["status"] == "True"
               for entry in source.get("status", {}).get("conditions", []))


def steps_of(volume, claim):
    """The steps of a DataVolume by its source."""
    source = volume["spec"].get("source") or {}
    if "blank" in source or is_populated(claim, volume):
        return BLANK
    if "upload" in source:
        done = claim["metadata"].get("annotations", {}).get(POD_PHASE) == "Succeeded"
        return UPLOADED if done else UPLOAD
    if "pvc" in source or "snapshot" in source or not source:
        return CLONE
    return IMPORT


def conditions(name, phase, bound, broken, why=""):
    """The conditions Bound, Ready and Running as CDI sets them."""
    done = phase == "Succeeded"
    active = phase.endswith("InProgress") or phase == "UploadReady"
    if bound:
        binding = condition("Bound", True, "Bound", f"PVC {name} Bound")
    else:
        binding = condition("Bound", False, "Pending" if not why else "NotFound", why or f"PVC {name} Pending")
    if broken:
        running = condition("Running", False, "Error", FAILURE)
    elif done:
        running = condition("Running", False, "Completed", "Import Complete")
    else:
        running = condition("Running", active, "Pod is running" if active else "")
    ready = condition("Ready", done, "" if done else "TransferRunning" if active else "")
    return [binding, ready, running]


def is_broken(volume):
    """Whether a DataVolume's transfer failed for good or for now, as KubeVirt judges it."""
    status = volume.get("status", {})
    if status.get("phase") in FAILED:
        return True
    return any(entry["type"] == "Running" and entry["status"] == "False"
               and entry.get("reason") in BROKEN_REASONS for entry in status.get("conditions", []))


def claim_for(volume, origin):
    """The PersistentVolumeClaim of a DataVolume, which is as large as the claim it is a copy of unless it says more."""
    meta, spec = volume["metadata"], volume["spec"]
    wish = spec.get("storage") or spec.get("pvc") or {}
    known = origin["spec"]["resources"]["requests"]["storage"] if origin else "1Gi"
    size = wish.get("resources", {}).get("requests", {}).get("storage", known)
    claim = {"accessModes": wish.get("accessModes") or ["ReadWriteOnce"],
             "volumeMode": wish.get("volumeMode") or "Filesystem",
             "resources": {"requests": {"storage": canonical(size)}}}
    if "storageClassName" in wish:
        claim["storageClassName"] = wish["storageClassName"]
    return {"metadata": {"name": meta["name"], "namespace": meta["namespace"],
                         "labels": {"app": "containerized-data-importer"},
                         "annotations": {"cdi.kubevirt.io/storage.contentType":
                                         spec.get("contentType", "kubevirt")},
                         "ownerReferences": [owner_reference(DATA_VOLUME, volume)]},
            "spec": claim}


class Claims:
    """Plays a storage provider that binds every claim at once, and the controller that protects claims in use."""

    def __init__(self, world):
        self.world = world

    def reconcile(self, namespace, name):
        """Binds a claim, or lets go of a deleted one."""
        claim = self.world.claims.get(namespace, name)
        if claim is None:
            return
        meta, status = claim["metadata"], claim.get("status", {})
        if deleting(claim):
            left = [entry for entry in meta.get("finalizers", []) if entry != PROTECTION]
            if left != meta.get("finalizers", []):
                patch = {"metadata": {"finalizers": left, "resourceVersion": meta["resourceVersion"]}}
                self.world.client.patch(CLAIM, claim, patch)
            return
        if status.get("phase") != "Bound":
            bound = {"phase": "Bound", "accessModes": claim["spec"]["accessModes"],
                     "capacity": claim["spec"]["resources"]["requests"]}
            self.world.claims.put(self.world.client.patch(CLAIM, claim, {"status": bound}, "status"))
            reference = controller_of(claim)
            if reference and reference["kind"] == DATA_VOLUME.kind:
                self.world.wake("volume", namespace, reference["name"])
            self.world.wakeups.users_of(namespace, name)
