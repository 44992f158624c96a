"""Whether a machine shall have an instance: its run strategy, and what was asked for through the API."""

RUN, STOP, LEAVE, ALWAYS = "run", "stop", "leave", "switch to Always"
FINAL = ("Succeeded", "Failed")


def strategy_of(machine):
    """The run strategy; `running` is its older form."""
    spec = machine["spec"]
    return spec.get("runStrategy") or ("Always" if spec.get("running") else "Halted")


def requests_of(machine):
    """The requests in a machine's status, of which only the first counts at a time."""
    return machine.get("status", {}).get("stateChangeRequests") or []


def starts_paused(machine):
    """Whether the start that was asked for is one with the guest paused."""
    return bool(_start_asked(machine)) and requests_of(machine)[0].get("data", {}).get("paused") == "true"


def decide(machine, instance):
    """RUN, STOP, LEAVE (neither start nor stop), or ALWAYS: a halted machine whose start was asked for."""
    strategy = strategy_of(machine)
    if instance is None:
        return _without_instance(machine, strategy)
    phase = instance.get("status", {}).get("phase")
    if strategy == "Halted" or (strategy != "Once" and _stop_asked(machine, instance)):
        return STOP
    if phase in FINAL and strategy in ("Always", "RerunOnFailure"):
        return STOP
    return LEAVE if phase in FINAL else RUN


def _without_instance(machine, strategy):
    if strategy == "Halted":
        return ALWAYS if _start_asked(machine) else LEAVE
    if strategy == "Manual":
        return RUN if _start_asked(machine) else LEAVE
    if strategy == "RerunOnFailure":
        # Started once by itself; then it stays off when somebody has stopped it, or its guest has shut down.
        known = machine.get("status", {}).get("runStrategy")
        return RUN if _start_asked(machine) or known != strategy else LEAVE
    return RUN


def after(machine, instance):
    """The requests that are left once those that came true are dropped; one at a time, as in KubeVirt."""
    requests = requests_of(machine)
    if not requests:
        return requests
    first = requests[0]
    if first["action"] == "Stop":
        done = instance is None or first.get("uid") != instance["metadata"]["uid"]
    else:
        done = instance is not None and "deletionTimestamp" not in instance["metadata"] and \
            instance.get("status", {}).get("phase") not in FINAL
    return requests[1:] if done else requests


def _stop_asked(machine, instance):
    requests = requests_of(machine)
    return bool(requests) and requests[0]["action"] == "Stop" and requests[0].get("uid") == instance["metadata"]["uid"]


def _start_asked(machine):
    requests = requests_of(machine)
    return bool(requests) and requests[0]["action"] == "Start"
