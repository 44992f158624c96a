"""What is asked of a VirtualMachineInstance. There is no guest that could reboot; what can be seen of it is played."""

from .common import GUEST, GUEST_NOT_RUNNING, NOT_RUNNING, has_condition, instance_of, machine_of, running_instance_of
from .refusal import Refusal, conflict, forbidden, internal, missing
from .volumes import change_of_instance

# Unlike a machine's verbs, which only ask a controller, these are done when they are answered.
DONE = 200


def pause(world, namespace, name, options):
    """Stops the guest's processors; the condition Paused follows."""
    instance = running_instance_of(world, namespace, name, NOT_RUNNING)
    probe = instance["spec"].get("livenessProbe")
    if probe is not None and "guestAgentPing" not in probe:
        raise forbidden(GUEST, name, "Pausing VMIs with a non-GuestAgentPing LivenessProbe is not supported")
    if has_condition(instance, "Paused"):
        raise conflict(GUEST, name, "VMI is already paused")
    return _tell(world, instance, world.guests.pause, options)


def unpause(world, namespace, name, options):
    """Lets the guest go on."""
    try:
        machine = machine_of(world, namespace, name)
    except Refusal as refusal:
        if refusal.code != 404:
            raise
        machine = {}
    if machine.get("status", {}).get("snapshotInProgress"):
        raise conflict("virtualmachine", name, "VM snapshot is in progress")
    instance = running_instance_of(world, namespace, name)
    if not has_condition(instance, "Paused"):
        raise conflict(GUEST, name, "VMI is not paused")
    return _tell(world, instance, world.guests.resume, options)


def softreboot(world, namespace, name, _options):
    """Asks the guest to reboot, by its agent or by ACPI."""
    instance = running_instance_of(world, namespace, name, NOT_RUNNING)
    if has_condition(instance, "Paused", "True"):
        raise conflict(GUEST, name, "VMI is paused")
    acpi = instance["spec"]["domain"].get("features", {}).get("acpi", {})
    if not has_condition(instance, "AgentConnected") and acpi.get("enabled") is False:
        raise conflict(GUEST, name, "VMI neither have the agent connected nor the ACPI feature enabled")
    return DONE


def reset(world, namespace, name, _options):
    """Turns the guest off and on, without a new instance."""
    instance = instance_of(world, namespace, name)
    if instance is None:
        raise missing(GUEST, name)
    phase = instance.get("status", {}).get("phase", "")
    if phase != "Running":
        raise internal(f"Failed to reset non-running VMI with phase {phase}: no guest is there")
    return DONE


def freeze(world, namespace, name, _options):
    """Nothing to be seen."""
    running_instance_of(world, namespace, name, NOT_RUNNING)
    return DONE


def unfreeze(world, namespace, name, _options):
    """Nothing to be seen."""
    running_instance_of(world, namespace, name, GUEST_NOT_RUNNING)
    return DONE


def _tell(world, instance, act, options):
    if options.get("dryRun") != ["All"]:
        meta = instance["metadata"]
        act(meta["uid"])
        world.wake("machine", meta["namespace"], meta["name"])
    return DONE


VERBS = {"pause": pause, "unpause": unpause, "softreboot": softreboot, "reset": reset, "freeze": freeze,
         "unfreeze": unfreeze, "addvolume": change_of_instance, "removevolume": change_of_instance}
