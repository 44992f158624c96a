"""What is asked of a VirtualMachine: start, stop, restart and migrate, by the run strategy's rules."""

from ..client import ApiError, INSTANCE, MIGRATION, VIRTUAL_MACHINE
from ..power import FINAL, strategy_of
from .common import (MACHINE, NOT_RUNNING, dry_run_of, has_condition, instance_of, is_active, judged_anew,
                     machine_of, patch, phase_of)
from .refusal import bad, conflict, internal, missing
from .volumes import add_to_machine, remove_from_machine

ACCEPTED = 202
FORCED_GRACE = 1  # the shortest grace period with which a guest is shut down rather than killed
BY_HAND = ("Manual", "RerunOnFailure")
RECOVERY = ("VM recovery required: Volume migration failed, leaving some volumes pointing to non-consistent targets; "
            "manual intervention is needed to reassign them to their original volumes.")
DENIED = 'admission webhook "{}" denied the request: {}'


@judged_anew
def start(world, namespace, name, options):
    """Halted becomes Always; what is switched by hand gets a request in its status."""
    machine = machine_of(world, namespace, name)
    instance = instance_of(world, namespace, name)
    if is_active(instance):
        raise conflict(MACHINE, name, "VM is already running")
    if has_condition(machine, "ManualRecoveryRequired", "True"):
        raise conflict(MACHINE, name, RECOVERY)
    strategy, paused = strategy_of(machine), options.get("paused", False)
    begin = {"action": "Start", **({"data": {"paused": "true"}} if paused else {})}
    if strategy == "Halted":
        if paused:
            _request(world, machine, [begin], options)
        else:
            _switch(world, machine, "Always", options)
    elif strategy in BY_HAND:
        phase = phase_of(instance) if instance else None
        if strategy == "RerunOnFailure" and phase == "Failed":
            raise conflict(MACHINE, name, f"{strategy} does not support starting VM from failed state")
        _request(world, machine, ([_end(instance)] if phase in FINAL else []) + [begin], options)
    else:
        raise conflict(MACHINE, name, f"{strategy} does not support manual start requests")
    return ACCEPTED


@judged_anew
def stop(world, namespace, name, options):
    """Always and Once become Halted; what is switched by hand gets a request in its status."""
    machine = machine_of(world, namespace, name)
    strategy, instance = strategy_of(machine), instance_of(world, namespace, name)
    grace = _seconds(options, "gracePeriod")
    if strategy == "Halted" or strategy in BY_HAND:
        if not is_active(instance):
            raise conflict(MACHINE, name, NOT_RUNNING)
    known = instance["spec"].get("terminationGracePeriodSeconds") if instance else None
    if is_active(instance) and grace is not None:
        _set_grace(world, instance, grace, options)
    if strategy == "Halted" and (grace is None or (known is not None and grace >= known)):
        raise conflict(MACHINE, name, "Halted only supports manual stop requests with a shorter graceperiod")
    if strategy == "Halted" or strategy in BY_HAND:
        _request(world, machine, [_end(instance)], options)
    else:
        _switch(world, machine, "Halted", options)
    return ACCEPTED


@judged_anew
def restart(world, namespace, name, options):
    """A request to stop this instance and to start the next one."""
    grace = _seconds(options, "gracePeriodSeconds")
    if grace is not None and grace > 0:
        raise bad("For force restart, only gracePeriod=0 is supported for now")
    if grace is not None and grace < 0:
        raise bad("gracePeriod has to be greater or equal to 0")
    machine = machine_of(world, namespace, name)
    if has_condition(machine, "VolumesChange", "True"):
        raise conflict(MACHINE, name, RECOVERY)
    strategy = strategy_of(machine)
    if strategy in ("Halted", "Once"):
        # KubeVirt's own spelling.
        raise conflict(MACHINE, name, f"RunStategy {strategy} does not support manual restart requests")
    instance = instance_of(world, namespace, name)
    if instance is None:
        raise conflict(MACHINE, name, f"{NOT_RUNNING}: Halted")
    if grace == 0:
        _set_grace(world, instance, FORCED_GRACE, options)
    _request(world, machine, [_end(instance), {"action": "Start"}], options)
    return ACCEPTED


def migrate(world, namespace, name, options):
    """Makes a VirtualMachineInstanceMigration, unless its webhook would refuse it."""
    machine_of(world, namespace, name)
    instance = instance_of(world, namespace, name)
    if instance is None:
        raise missing("virtualmachineinstance", name)
    if phase_of(instance) != "Running":
        raise conflict(MACHINE, name, NOT_RUNNING)
    denial = migration_denied(world, instance)
    if denial:
        raise internal(DENIED.format("migration-create-validator.kubevirt.io", denial))
    spec = {"vmiName": name}
    if options.get("addedNodeSelector"):
        spec["addedNodeSelector"] = options["addedNodeSelector"]
    migration = {"metadata": {"generateName": "kubevirt-migrate-vm-", "namespace": namespace}, "spec": spec}
    try:
        world.client.create(MIGRATION, namespace, migration, dry_run_of(options))
    except ApiError as error:
        raise internal(error) from None
    return ACCEPTED


def migration_denied(world, instance):
    """Why no migration of the instance may be made now, or None."""
    meta = instance["metadata"]
    for entry in instance.get("status", {}).get("conditions", []):
        if entry["type"] == "LiveMigratable" and entry["status"] == "False":
            return f"Cannot migrate VMI, Reason: {entry.get('reason', '')}, Message: {entry.get('message', '')}"
    known = world.client.call("GET", MIGRATION.path(meta["namespace"]))["items"]
    for migration in known:
        if migration["spec"].get("vmiName") == meta["name"] and phase_of(migration) not in FINAL:
            return (f"in-flight migration detected. Active migration job ({migration['metadata']['uid']}) is currently "
                    f"already in progress for VMI {meta['name']}.")
    return None


# --- what the verbs write ------------------------------------------------------------------------------------------

def _end(instance):
    return {"action": "Stop", "uid": instance["metadata"]["uid"]}


def _seconds(options, field):
    value = options.get(field)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise bad(f"Can not unmarshal Request body to struct, error: {field} is not a whole number")
    return value


def _switch(world, machine, strategy, options):
    """Sets the run strategy, or the older `running`, where the machine has it."""
    running = {"running": strategy == "Always"}
    change = {"spec": {"runStrategy": strategy} if machine["spec"].get("runStrategy") else running}
    progress = machine.get("status", {})
    for field in ("snapshotInProgress", "restoreInProgress"):
        if progress.get(field):
            told = "running state until snapshot" if field == "snapshotInProgress" else "runStrategy until restore"
            why = f'Cannot update VM {told} "{progress[field]}" completes'
            raise internal(DENIED.format("virtualmachine-validator.kubevirt.io", why))
    patch(world, VIRTUAL_MACHINE, machine, change, None, options)


def _request(world, machine, requests, options):
    """Asks the controller by the status. Only a stop may take the place of what was asked before."""
    pending = machine.get("status", {}).get("stateChangeRequests") or []
    if pending and not (len(requests) == 1 and requests[0]["action"] == "Stop"):
        raise internal("unable to complete request: stop/start already underway")
    change = {"status": {"stateChangeRequests": requests, "startFailure": None}}
    patch(world, VIRTUAL_MACHINE, machine, change, "status", options)


def _set_grace(world, instance, seconds, options):
    """How long the instance's guest gets to shut down."""
    patch(world, INSTANCE, instance, {"spec": {"terminationGracePeriodSeconds": seconds}}, None, options)


VERBS = {"start": start, "stop": stop, "restart": restart, "migrate": migrate, "addvolume": add_to_machine,
         "removevolume": remove_from_machine}
