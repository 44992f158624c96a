"""What a running instance takes over from its machine without a restart, and whether that leaves anything to take."""

from .quantity import number

SOURCES = (("dataVolume", "name"), ("persistentVolumeClaim", "claimName"))
# Parts of the spec that are passed on whole.
LIVE = ("nodeSelector", "affinity", "tolerations")


def claim_of(volume):
    """The name of the claim behind a machine's volume, or None."""
    for kind, field in SOURCES:
        if kind in volume:
            return volume[kind].get(field)
    return None


def is_hotpluggable(volume):
    """Whether the volume may come and go while the machine runs."""
    return any(volume.get(kind, {}).get("hotpluggable") for kind, _ in SOURCES)


def changes(wanted, spec, migratable):
    """The merge patch of an instance's spec that takes over what is live of the wanted one; empty if nothing is."""
    patch = {field: wanted.get(field) for field in LIVE if wanted.get(field) != spec.get(field)}
    volumes, disks = _mixed(wanted, spec)
    if volumes != spec.get("volumes", []):
        patch["volumes"] = volumes
        patch.setdefault("domain", {}).setdefault("devices", {})["disks"] = disks
    if migratable:
        _grow(patch, wanted.get("domain", {}), spec.get("domain", {}))
    return patch


def needs_restart(wanted, spec):
    """Whether anything of the wanted spec is not in the instance's and cannot be taken over."""
    fields = (wanted.keys() | spec.keys()) - {*LIVE, "volumes", "startStrategy", "domain"}
    if "terminationGracePeriodSeconds" not in wanted:
        # A stop or restart through the API sets it.
        fields.discard("terminationGracePeriodSeconds")
    if any(wanted.get(field) != spec.get(field) for field in fields):
        return True
    return _fixed(wanted) != _fixed(spec)


def _fixed(spec):
    """Volumes and domain without what is hot-plugged."""
    volumes = spec.get("volumes", [])
    plugged = {volume["name"] for volume in volumes if is_hotpluggable(volume)}
    domain = dict(spec.get("domain", {}))
    devices = dict(domain.get("devices", {}))
    disks = [disk for disk in devices.pop("disks", []) if disk["name"] not in plugged]
    domain["devices"] = devices
    return [volume for volume in volumes if volume["name"] not in plugged], disks, domain


def _mixed(wanted, spec):
    """The instance's own volumes and disks, and after them those that are hot-plugged by what is wanted."""
    plugged = [volume for volume in wanted.get("volumes", []) if is_hotpluggable(volume)]
    names = {volume["name"] for volume in plugged}
    gone = names | {volume["name"] for volume in spec.get("volumes", []) if is_hotpluggable(volume)}
    own = [volume for volume in spec.get("volumes", []) if volume["name"] not in gone]
    disks = [disk for disk in _disks(spec) if disk["name"] not in gone]
    added = [disk for disk in _disks(wanted) if disk["name"] in names]
    if {volume["name"] for volume in spec.get("volumes", [])} == {volume["name"] for volume in own + plugged}:
        return spec.get("volumes", []), _disks(spec)
    return own + plugged, disks + added


def _disks(spec):
    return spec.get("domain", {}).get("devices", {}).get("disks", [])


def _grow(patch, wanted, domain):
    """Sockets and memory may grow where the instance could migrate for it."""
    sockets, now = wanted.get("cpu", {}).get("sockets"), domain.get("cpu", {}).get("sockets")
    most = domain.get("cpu", {}).get("maxSockets") or 4 * (now or 1)
    if sockets and now and now < sockets <= most:
        patch.setdefault("domain", {})["cpu"] = {"sockets": sockets}
    memory, known = wanted.get("memory", {}).get("guest"), domain.get("memory", {}).get("guest")
    if memory and known and number(known) < number(memory) <= 4 * number(known):
        patch.setdefault("domain", {})["memory"] = {"guest": memory}


def volume_status(instance, is_usable):
    """The status of each volume of a running instance; is_usable tells whether a claim may be plugged in."""
    found, targets = [], iter("abcdefghijklmnopqrstuvwxyz")
    for volume in instance["spec"].get("volumes", []):
        entry = {"name": volume["name"], "target": f"vd{next(targets, 'z')}"}
        if claim_of(volume):
            entry["persistentVolumeClaimInfo"] = {"claimName": claim_of(volume)}
        if is_hotpluggable(volume) and is_usable(claim_of(volume)):
            entry["target"] = f"sd{entry['target'][2:]}"
            entry.update(phase="Ready", reason="VolumeReady",
                         message=f"Successfully attach hotplugged volume {volume['name']} to VM",
                         hotplugVolume={"attachPodName": f"hp-volume-{volume['name']}"})
        elif is_hotpluggable(volume):
            entry.update(target="", phase="Pending", reason="PVCNotReady", message="PVC is in phase Pending",
                         hotplugVolume={})
        found.append(entry)
    return found
