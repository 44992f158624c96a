"""Volumes that are plugged into a running machine and out of it; as in KubeVirt they become part of its spec."""

from ..client import VIRTUAL_MACHINE
from ..hotplug import claim_of, is_hotpluggable
from .common import MACHINE, judged_anew, machine_of, patch, running_instance_of
from .refusal import bad, conflict

ACCEPTED = 202


@judged_anew
def add_to_machine(world, namespace, name, options):
    """Adds a volume and its disk."""
    for field, told in (("name", "name to be set"), ("disk", "disk to not be nil"),
                        ("volumeSource", "VolumeSource to not be nil")):
        if not options.get(field):
            raise bad(f"AddVolumeOptions requires {told}")
    machine = machine_of(world, namespace, name)
    template = machine["spec"]["template"]["spec"]
    source = {kind: dict(value, hotpluggable=True) for kind, value in options["volumeSource"].items()}
    claim = claim_of(source)
    volumes = template.get("volumes") or []
    for volume in volumes:
        if volume["name"] == options["name"]:
            raise conflict(MACHINE, name, f"Unable to add volume [{options['name']}] because volume with that name "
                           "already exists")
        if claim and claim_of(volume) == claim:
            raise conflict(MACHINE, name, f"Unable to add volume source [{claim}] because it already exists")
    disk = dict(options["disk"], name=options["name"])
    disks = template["domain"].get("devices", {}).get("disks") or []
    return _write(world, machine, volumes + [{"name": options["name"], **source}], disks + [disk], options)


@judged_anew
def remove_from_machine(world, namespace, name, options):
    """Removes a volume that was added, by its name or that of its claim."""
    wanted = options.get("name")
    if not wanted:
        raise bad("RemoveVolumeOptions requires name to be set")
    machine = machine_of(world, namespace, name)
    template = machine["spec"]["template"]["spec"]
    volumes = template.get("volumes") or []
    found = [volume for volume in volumes if wanted in (volume["name"], claim_of(volume))]
    if not found:
        raise conflict(MACHINE, name, f"Unable to remove volume [{wanted}] because it does not exist")
    gone = found[0]["name"]
    if not is_hotpluggable(found[0]):
        raise conflict(MACHINE, name, f"Unable to remove volume [{gone}] because it is not hotpluggable")
    disks = template["domain"].get("devices", {}).get("disks") or []
    return _write(world, machine, [volume for volume in volumes if volume["name"] != gone],
                  [disk for disk in disks if disk["name"] != gone], options)


def change_of_instance(world, namespace, name, _options):
    """KubeVirt takes none at the instance of a machine, and there are no others here."""
    running_instance_of(world, namespace, name)
    raise bad(f"VMI {namespace}/{name} is owned by a VM")


def _write(world, machine, volumes, disks, options):
    change = {"spec": {"template": {"spec": {"volumes": volumes, "domain": {"devices": {"disks": disks}}}}}}
    patch(world, VIRTUAL_MACHINE, machine, change, None, options)
    return ACCEPTED
