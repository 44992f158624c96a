"""What keeps a machine from starting, and what keeps its pod from running."""

from .client import CONFIG_MAP, SECRET, Resource
from .hotplug import claim_of, is_hotpluggable
from .storage import USABLE, is_broken

SERVICE_ACCOUNT = Resource("v1", "ServiceAccount", "serviceaccounts")
# Where a volume names an object: the path below the volume, and of what kind it is.
MOUNTS = (("secret", "secretName", SECRET), ("configMap", "name", CONFIG_MAP),
          ("serviceAccount", "serviceAccountName", SERVICE_ACCOUNT), ("sysprep.secret", "name", SECRET),
          ("sysprep.configMap", "name", CONFIG_MAP),
          *((f"{init}.{part}", "name", SECRET) for init in ("cloudInitNoCloud", "cloudInitConfigDrive")
            for part in ("secretRef", "networkDataSecretRef")))
# And where a way into the guest names a Secret.
ACCESS = ("sshPublicKey.source.secret", "userPassword.source.secret")


def of_volumes(world, machine):
    """(the printable status, seconds until to look again or None) if a volume keeps the machine from starting."""
    namespace, uid = machine["metadata"]["namespace"], machine["metadata"]["uid"]
    for volume in machine["spec"]["template"]["spec"].get("volumes", []):
        name = claim_of(volume)
        if name is None or is_hotpluggable(volume):
            continue
        source = world.volumes.get(namespace, name)
        if source and is_broken(source):
            return "DataVolumeError", None
        if source:
            if source.get("status", {}).get("phase") not in USABLE:
                return "Provisioning", None
            continue
        claim = world.claims.get(namespace, name)
        if claim is None and "dataVolume" not in volume:
            # The claim may be only just on its way.
            remaining = world.timers.remaining(("claim", uid), name, world.boot_seconds)
            return ("ErrorPvcNotFound", None) if remaining <= 0 else ("Provisioning", remaining)
        if claim is None:
            return "Provisioning", None
        if claim.get("status", {}).get("phase") != "Bound":
            return "WaitingForVolumeBinding", None
    return None


def missing_mount(world, instance):
    """What is missing of what the instance's pod has to mount, such as `Secret web-init`, or None."""
    namespace = instance["metadata"]["namespace"]
    for resource, name in _mounts(instance["spec"]):
        if world.client.get(resource, namespace, name) is None:
            return f"{resource.kind} {name}"
    return None


def _mounts(spec):
    for volume in spec.get("volumes", []):
        for path, field, resource in MOUNTS:
            source = _below(volume, path)
            if source.get(field) and not source.get("optional"):
                yield resource, source[field]
    for entry in spec.get("accessCredentials", []):
        for path in ACCESS:
            if _below(entry, path).get("secretName"):
                yield SECRET, _below(entry, path)["secretName"]


def _below(value, path):
    for part in path.split("."):
        value = value.get(part) or {}
    return value
