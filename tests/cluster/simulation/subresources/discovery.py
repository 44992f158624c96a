"""What the group says about itself. As in KubeVirt, its entries have neither kind nor verbs."""

GROUP = "subresources.kubevirt.io"
VERSIONS = ("v1", "v1alpha3")
SIMULATED = "v1.9.0+simulation"

OF_INSTANCES = ("vnc", "vnc/screenshot", "console", "portforward", "backup", "redefine-checkpoint", "pause", "unpause",
                "freeze", "unfreeze", "reset", "softreboot")
OF_MACHINES = ("start", "stop", "restart", "migrate", "expand-spec", "objectgraph", "evacuate/cancel")
OF_INSTANCES_TOO = ("guestosinfo", "userlist", "filesystemlist", "addvolume", "removevolume", "objectgraph",
                    "sev/fetchcertchain", "sev/querylaunchmeasurement", "sev/setupsession", "sev/injectlaunchsecret",
                    "evacuate/cancel")
RESOURCES = ("expand-vm-spec", *(f"virtualmachineinstances/{name}" for name in OF_INSTANCES),
             *(f"virtualmachines/{name}" for name in OF_MACHINES),
             *(f"virtualmachineinstances/{name}" for name in OF_INSTANCES_TOO))
# Served, though not listed.
UNLISTED = ("virtualmachines/addvolume", "virtualmachines/removevolume", "virtualmachines/memorydump",
            "virtualmachines/removememorydump", "virtualmachines/portforward", "virtualmachineinstances/usbredir",
            "virtualmachineinstances/vsock")


def documents():
    """The bodies of the paths that are open to all, by path."""
    found = {"/": {"paths": paths()}, "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": [group()]},
             f"/apis/{GROUP}": group(), "/healthz": health()}
    for version in VERSIONS:
        base = f"/apis/{GROUP}/{version}"
        found[base] = resources(version)
        found[base + "/version"] = versions()
        found[base + "/healthz"] = health()
    return found


def paths():
    """The root paths."""
    return ["/apis", f"/apis/{GROUP}", *(f"/apis/{GROUP}/{version}" for version in VERSIONS)]


def group():
    """The APIGroup."""
    entries = [{"groupVersion": f"{GROUP}/{version}", "version": version} for version in VERSIONS]
    return {"kind": "APIGroup", "apiVersion": "v1", "name": GROUP, "versions": entries, "preferredVersion": entries[0],
            "serverAddressByClientCIDRs": [{"clientCIDR": "0.0.0.0/0", "serverAddress": ""}]}


def resources(version):
    """The APIResourceList of one version."""
    return {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": f"{GROUP}/{version}",
            "resources": [{"name": name, "singularName": "", "namespaced": True, "kind": "", "verbs": None}
                          for name in RESOURCES]}


def versions():
    """Which KubeVirt this plays."""
    return {"gitVersion": SIMULATED, "gitCommit": "", "gitTreeState": "simulation", "buildDate": "", "goVersion": "",
            "compiler": "", "platform": "linux/amd64"}


def health():
    """The health of a server that answers at all."""
    return {"apiserver": {"connectivity": "ok"}, "simulation": True}
