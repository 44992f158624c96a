"""Instance types and preferences of machines. What a machine refers to is kept as a ControllerRevision at its first
use, as in KubeVirt, so that a later change of the type does not reach the machine. Of a preference only the reference
is played."""

import copy
import threading

from .client import REVISION, VIRTUAL_MACHINE, Resource
from .objects import owner_reference

API = "instancetype.kubevirt.io/v1beta1"
# The reference's field in a machine's spec and in its status, and the kinds of the cluster and of the namespace.
REFERENCES = (
    ("instancetype", "instancetypeRef", Resource(API, "VirtualMachineClusterInstancetype",
                                                 "virtualmachineclusterinstancetypes"),
     Resource(API, "VirtualMachineInstancetype", "virtualmachineinstancetypes")),
    ("preference", "preferenceRef", Resource(API, "VirtualMachineClusterPreference",
                                             "virtualmachineclusterpreferences"),
     Resource(API, "VirtualMachinePreference", "virtualmachinepreferences")))


class Missing(Exception):
    """What a machine refers to is not there."""

    def __init__(self, field, resource, name):
        group = API.split("/", maxsplit=1)[0]
        super().__init__(f'{resource.plural}.{group} "{name}" not found')
        self.reason = "FailedFindInstancetype" if field == "instancetype" else "FailedFindPreference"


class Flavours:
    """Finds and keeps them."""

    def __init__(self, world):
        self.world = world
        self.lock = threading.Lock()
        self.known = {}

    def find(self, machine):
        """(spec of the instance type or None, what the machine's status says of the references); raises Missing."""
        found, told = None, {}
        for field, status_field, cluster, namespaced in REFERENCES:
            wish = machine["spec"].get(field)
            if not wish or not wish.get("name"):
                continue
            # Without a kind it is the cluster's.
            resource = namespaced if wish.get("kind", cluster.kind).lower() == namespaced.kind.lower() else cluster
            reference = machine.get("status", {}).get(status_field) or {}
            if (reference.get("name"), reference.get("kind")) != (wish["name"], resource.kind):
                reference = self._keep(machine, field, resource, wish["name"])
            told[status_field] = reference
            if field == "instancetype":
                found = self._kept(machine["metadata"]["namespace"], reference)
        return found, told

    def _keep(self, machine, field, resource, name):
        namespace = machine["metadata"]["namespace"]
        place = namespace if resource in (REFERENCES[0][3], REFERENCES[1][3]) else None
        flavour = self.world.client.get(resource, place, name)
        if flavour is None:
            raise Missing(field, resource, name)
        meta = flavour["metadata"]
        revision = f"{machine['metadata']['name']}-{name}-v1beta1-{meta['uid']}-{meta['generation']}"
        data = {"apiVersion": API, "kind": resource.kind, "metadata": {"name": name}, "spec": flavour["spec"]}
        self.world.client.create(REVISION, namespace, {
            "metadata": {"name": revision, "namespace": namespace,
                         "labels": {"instancetype.kubevirt.io/object-kind": resource.kind,
                                    "instancetype.kubevirt.io/object-name": name},
                         "ownerReferences": [owner_reference(VIRTUAL_MACHINE, machine)]},
            "data": data, "revision": 0})
        with self.lock:
            self.known[(namespace, revision)] = flavour["spec"]
        return {"name": name, "kind": resource.kind, "controllerRevisionRef": {"name": revision}}

    def _kept(self, namespace, reference):
        name = reference.get("controllerRevisionRef", {}).get("name")
        with self.lock:
            spec = self.known.get((namespace, name))
        if spec is None:
            revision = self.world.client.get(REVISION, namespace, name)
            spec = revision["data"]["spec"] if revision else {}
            with self.lock:
                self.known[(namespace, name)] = spec
        return spec


def apply(spec, flavour):
    """A template's spec with the instance type's CPU and memory in it, each processor a socket."""
    if not flavour:
        return spec
    spec = copy.deepcopy(spec)
    domain = spec.setdefault("domain", {})
    cpu, memory = flavour.get("cpu", {}), flavour.get("memory", {})
    domain["cpu"] = {**domain.get("cpu", {}), "sockets": cpu.get("guest", 1), "cores": 1, "threads": 1}
    for field, ours in (("model", "model"), ("dedicatedCPUPlacement", "dedicatedCpuPlacement"),
                        ("maxSockets", "maxSockets")):
        if field in cpu:
            domain["cpu"][ours] = cpu[field]
    domain["memory"] = {**domain.get("memory", {}),
                        **{field: memory[field] for field in ("guest", "maxGuest", "hugepages") if field in memory}}
    for field in ("nodeSelector", "schedulerName"):
        if field in flavour:
            spec[field] = flavour[field]
    return spec
