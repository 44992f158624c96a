"""VirtualMachineInstances: what they look like, and what a machine's status takes over from them."""

import copy

from . import flavours
from .hotplug import claim_of, volume_status
from .objects import address, condition, hardware_address, owner_reference
from .power import starts_paused

NODE = "simulated-node"
POD_BRIDGE = "kubevirt.io/allow-pod-bridge-network-live-migration"


def spec_of(machine, flavour):
    """What an instance of the machine would look like inside, were it started now."""
    return flavours.apply(machine["spec"]["template"]["spec"], flavour)


def build(machine, resource, flavour):
    """A new instance of the machine, being scheduled."""
    meta = machine["metadata"]
    wish = machine["spec"]["template"].get("metadata") or {}
    spec = copy.deepcopy(spec_of(machine, flavour))
    if starts_paused(machine):
        spec["startStrategy"] = "Paused"
    return {"metadata": {"name": meta["name"], "namespace": meta["namespace"],
                         "labels": dict(wish.get("labels") or {}, **{"vm.kubevirt.io/name": meta["name"]}),
                         "annotations": dict(wish.get("annotations") or {}),
                         "ownerReferences": [owner_reference(resource, machine)]},
            "spec": spec,
            "status": {"phase": "Scheduling",
                       "conditions": [condition("Ready", False, "GuestNotRunning",
                                                "Guest VM is not reported as running")]}}


def running(instance, fault, paused, shares, is_usable):
    """The status of an instance whose guest runs, perhaps not well. Shares tells whether a claim may be mounted on two
    nodes at once, is_usable whether it is there."""
    if fault == "never-ready":
        entries = [condition("Ready", False, "PodConditionMissing", "the readiness probe does not succeed")]
    else:
        entries = [condition("Ready", True)]
    entries.append(migratable(instance, shares))
    if paused:
        entries.append(condition("Paused", True, "PausedByUser", "VMI was paused by user"))
    return {"phase": "Running", "nodeName": instance.get("status", {}).get("nodeName") or NODE,
            "interfaces": interfaces(instance), "volumeStatus": volume_status(instance, is_usable) or None,
            "conditions": entries}


def migratable(instance, shares):
    """The condition that says whether the instance could move to another node."""
    spec, annotations = instance["spec"], instance["metadata"].get("annotations", {})
    for volume in spec.get("volumes", []):
        claim = claim_of(volume)
        if claim and not shares(claim):
            return condition("LiveMigratable", False, "DisksNotLiveMigratable",
                             f"cannot migrate VMI: PVC {claim} is not shared, live migration requires that all PVCs "
                             "must be shared (using ReadWriteMany access mode)")
    pods = {network["name"] for network in spec.get("networks", []) if "pod" in network}
    for wish in spec["domain"].get("devices", {}).get("interfaces", []):
        if wish["name"] in pods and "bridge" in wish and POD_BRIDGE not in annotations:
            return condition("LiveMigratable", False, "InterfaceNotLiveMigratable",
                             "cannot migrate VMI which does not use masquerade, bridge with "
                             f"{POD_BRIDGE} VM annotation or a migratable plugin to connect to the pod network")
    return condition("LiveMigratable", True)


def waiting(instance, why):
    """The status of an instance whose pod cannot run yet."""
    del instance
    return {"phase": "Scheduling", "conditions": [
        condition("Ready", False, "ContainersNotReady", f"containers with unready status: [compute] ({why})")]}


def without_image(instance):
    """The status of an instance whose containerDisk cannot be pulled."""
    del instance
    return {"phase": "Scheduling", "conditions": [
        condition("Ready", False, "GuestNotRunning", "Guest VM is not reported as running"),
        condition("Synchronized", False, "ErrImagePull", "simulated: the image of a containerDisk is not there")]}


def unschedulable(instance):
    """The status of an instance no node takes."""
    del instance
    return {"phase": "Scheduling", "conditions": [
        condition("Ready", False, "GuestNotRunning", "Guest VM is not reported as running"),
        condition("PodScheduled", False, "Unschedulable",
                  "0/1 nodes are available: 1 Insufficient memory.")]}


def interfaces(instance):
    """The interfaces as the instance reports them; addresses depend on the name alone."""
    meta, spec = instance["metadata"], instance["spec"]
    seed = f"{meta['namespace']}/{meta['name']}"
    found = []
    for number, wish in enumerate(spec["domain"].get("devices", {}).get("interfaces", [])):
        ip_address = address(seed, number)
        found.append({"name": wish["name"], "mac": wish.get("macAddress") or hardware_address(seed, number),
                      "ipAddress": ip_address, "ipAddresses": [ip_address], "infoSource": "domain",
                      "queueCount": 1})
    return found


def machine_conditions(instance):
    """The conditions a machine has by its instance (None: it has none)."""
    if instance is None:
        return [condition("Ready", False, "VMINotExists", "VMI does not exist")]
    known = instance.get("status", {}).get("conditions", [])
    bare = [{key: entry[key] for key in ("type", "status", "reason", "message") if key in entry}
            for entry in known]
    return [entry for entry in bare if entry["type"] == "Ready"] + \
           [entry for entry in bare if entry["type"] != "Ready"]
