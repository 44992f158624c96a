"""What the verbs share: reading objects, and trying again when somebody else wrote at the same time."""

from ..client import ApiError, INSTANCE, VIRTUAL_MACHINE
from ..power import FINAL
from .refusal import bad, conflict, internal, missing

MACHINE = "virtualmachine"
GUEST = "virtualmachineinstance"
NOT_RUNNING = "VM is not running"
GUEST_NOT_RUNNING = "VMI is not running"
ATTEMPTS = 10


def machine_of(world, namespace, name):
    """The VirtualMachine as the API server has it."""
    machine = world.client.get(VIRTUAL_MACHINE, namespace, name)
    if machine is None:
        raise missing(MACHINE, name)
    return machine


def instance_of(world, namespace, name):
    """The VirtualMachineInstance, or None."""
    return world.client.get(INSTANCE, namespace, name)


def running_instance_of(world, namespace, name, refusal=GUEST_NOT_RUNNING):
    """The VirtualMachineInstance, which must be in phase Running."""
    instance = instance_of(world, namespace, name)
    if instance is None:
        raise missing(GUEST, name)
    if phase_of(instance) != "Running":
        raise conflict(GUEST, name, refusal)
    return instance


def phase_of(instance):
    """The phase of an instance."""
    return instance.get("status", {}).get("phase", "")


def is_active(instance):
    """Whether there is an instance that has not come to its end."""
    return instance is not None and phase_of(instance) not in FINAL


def has_condition(thing, kind, status=None):
    """Whether the object has the condition (with that status)."""
    return any(entry["type"] == kind and status in (None, entry["status"])
               for entry in thing.get("status", {}).get("conditions") or [])


def dry_run_of(options):
    """The dryRun of a request's options as an option for the API server."""
    stages = options.get("dryRun") or []
    if any(stage != "All" for stage in stages):
        raise bad(f"dryRun: invalid value {stages}")
    return {"dryRun": stages} if stages else {}


def patch(world, resource, thing, change, sub, options):
    """Patches the version of the object that was judged; raises _Stale when there is a newer one."""
    meta = dict(change.get("metadata", {}), resourceVersion=thing["metadata"]["resourceVersion"])
    try:
        written = world.client.patch(resource, thing, dict(change, metadata=meta), sub, dry_run_of(options))
    except ApiError as error:
        if error.status == 409:
            raise Stale(error) from None
        raise internal(error) from None
    if written is None:
        raise Stale("the object is gone")
    return written


class Stale(Exception):
    """Somebody else changed the object meanwhile."""


def judged_anew(play):
    """Wraps a verb: what was stale is read and judged again, since only a state that does not allow the request may
    refuse it."""
    def again(world, namespace, name, options):
        error = None
        for _ in range(ATTEMPTS):
            try:
                return play(world, namespace, name, options)
            except Stale as stale:
                error = stale
        raise internal(error)
    return again
