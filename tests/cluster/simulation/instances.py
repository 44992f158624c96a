"""VirtualMachineInstances: what they look like, and what a machine's status takes over from them."""

import copy

from .objects import address, condition, hardware_address, owner_reference

NODE = "simulated-node"
# Conditions of the instance that KubeVirt repeats on the machine.
REPEATED = ("LiveMigratable", "Paused", "PodScheduled")


def build(machine, resource):
    """A new instance of the machine, being scheduled."""
    meta = machine["metadata"]
    template = machine["spec"]["template"]
    wish = template.get("metadata") or {}
    return {"metadata": {"name": meta["name"], "namespace": meta["namespace"],
                         "labels": dict(wish.get("labels") or {}, **{"vm.kubevirt.io/name": meta["name"]}),
                         "annotations": dict(wish.get("annotations") or {}),
                         "ownerReferences": [owner_reference(resource, machine)]},
            "spec": copy.deepcopy(template["spec"]),
            "status": {"phase": "Scheduling",
                       "conditions": [condition("Ready", False, "GuestNotRunning",
                                                "Guest VM is not reported as running")]}}


def running(instance, fault):
    """The status of an instance whose guest runs, perhaps not well."""
    if fault == "never-ready":
        entries = [condition("Ready", False, "PodConditionMissing", "the readiness probe does not succeed")]
    else:
        entries = [condition("Ready", True)]
    # Without shared storage nothing migrates, so that changes of CPU and memory need a restart.
    entries.append(condition("LiveMigratable", False, "DisksNotLiveMigratable",
                             "cannot migrate VMI: simulated volumes are not shared"))
    if fault == "paused":
        entries.append(condition("Paused", True, "PausedByUser", "VMI was paused by user"))
    return {"phase": "Running", "nodeName": NODE, "interfaces": interfaces(instance), "conditions": entries}


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
           [entry for entry in bare if entry["type"] in REPEATED]
