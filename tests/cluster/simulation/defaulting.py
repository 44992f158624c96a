"""What KubeVirt itself writes into a VirtualMachine.

In a real cluster the admission webhook changes the object while it is stored, so nobody owns these fields in the
sense of server-side apply. Here they are written just after, and the list of managers is put back afterwards.
"""

import copy
import uuid

from .quantity import canonical

FINALIZER = "kubevirt.io/virtualMachineControllerFinalize"
TOPOLOGY = "kubevirt.io/pci-topology-version"
OBSERVED = {"kubevirt.io/latest-observed-api-version": "v1",
            "kubevirt.io/storage-observed-api-version": "v1"}


def is_new(machine):
    """Whether the controller has not taken this machine on yet."""
    return FINALIZER not in machine["metadata"].get("finalizers", [])


def webhook_spec(machine):
    """The spec as the webhook would have stored it."""
    spec = copy.deepcopy(machine["spec"])
    template = spec["template"]
    inner = template.setdefault("spec", {})
    domain = inner.setdefault("domain", {})
    if is_new(machine):
        _identity(domain)
        meta = _object(template, "metadata")
        _object(meta, "annotations").setdefault(TOPOLOGY, "v3")
    if not inner.get("architecture"):
        inner["architecture"] = "amd64"
    if not domain.get("machine", {}).get("type"):
        domain["machine"] = {"type": "q35"}
    domain.setdefault("resources", {})
    domain.setdefault("devices", {})
    if "features" in domain:
        domain["features"].setdefault("acpi", {})
    _quantities(spec, inner, domain)
    return spec


def _identity(domain):
    firmware = _object(domain, "firmware")
    for field in ("uuid", "serial"):
        if not firmware.get(field):
            firmware[field] = str(uuid.uuid4())


def _object(parent, key):
    """The object below key, made if it is missing or null."""
    if parent.get(key) is None:
        parent[key] = {}
    return parent[key]


def _quantities(spec, inner, domain):
    """Makes all quantities canonical, and gives claims the empty `resources` of the API type."""
    _rewrite(domain.get("memory", {}), ("guest", "maxGuest"))
    _rewrite_resources(domain["resources"])
    for volume in inner.get("volumes", []):
        _rewrite(volume.get("emptyDisk", {}), ("capacity",))
    for template in spec.get("dataVolumeTemplates", []):
        _object(template, "metadata")
        for part in ("pvc", "storage"):
            if part in template.get("spec", {}):
                claim = template["spec"][part]
                _rewrite_resources(claim.setdefault("resources", {}))


def _rewrite_resources(resources):
    for part in ("requests", "limits"):
        values = resources.get(part, {})
        _rewrite(values, tuple(values))


def _rewrite(values, names):
    for name in names:
        if name in values:
            values[name] = canonical(values[name])


def controller_metadata(machine):
    """The merge patch of the metadata the controller wants, or None."""
    meta = machine["metadata"]
    patch = {}
    if is_new(machine):
        patch["finalizers"] = meta.get("finalizers", []) + [FINALIZER]
    known = meta.get("annotations", {})
    missing = {key: value for key, value in OBSERVED.items() if known.get(key) != value}
    if missing:
        patch["annotations"] = missing
    return patch or None
