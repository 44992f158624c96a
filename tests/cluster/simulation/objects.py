"""Helpers for objects: patches, conditions, owners, times."""

import datetime
import hashlib

# Parts of a condition that say when, not what.
TIMES = ("lastTransitionTime", "lastHeartbeatTime", "lastProbeTime")


def now():
    """The time as Kubernetes writes it."""
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def difference(old, new):
    """The JSON merge patch that makes old into new (both objects)."""
    patch = {key: None for key in old if key not in new}
    for key, value in new.items():
        if key not in old:
            patch[key] = value
        elif isinstance(value, dict) and isinstance(old[key], dict):
            inner = difference(old[key], value)
            if inner:
                patch[key] = inner
        elif value != old[key]:
            patch[key] = value
    return patch


def condition(kind, holds, reason="", message="", **more):
    """One condition without its time; holds may be True, False or a text such as Unknown."""
    status = holds if isinstance(holds, str) else str(bool(holds))
    made = {"type": kind, "status": status, **more}
    if reason:
        made["reason"] = reason
    if message:
        made["message"] = message
    return made


def with_times(wanted, known):
    """The wanted conditions; one whose status stays keeps its transition time."""
    before = {entry["type"]: entry for entry in known or []}
    result = []
    for entry in wanted:
        old = before.get(entry["type"], {})
        same = old.get("status") == entry["status"]
        time = old.get("lastTransitionTime") if same else None
        result.append(dict(entry, lastTransitionTime=time or now()))
    return result


def same_conditions(one, other):
    """Whether two lists of conditions say the same, whenever it came about."""
    def bare(entries):
        return [{key: value for key, value in entry.items() if key not in TIMES}
                for entry in entries or []]
    return bare(one) == bare(other)


def status_patch(known, wanted):
    """The merge patch from a known status to the wanted one, or None if they say the same. Conditions
    are compared apart from their times; a field of the wanted status that is None is removed."""
    patch = {}
    for key, value in wanted.items():
        if key == "conditions":
            if not same_conditions(known.get(key), value):
                patch[key] = with_times(value, known.get(key))
        elif value != known.get(key):
            patch[key] = value
    return {"status": patch} if patch else None


def owner_reference(resource, owner):
    """The reference a controller puts into what it makes for the owner."""
    meta = owner["metadata"]
    return {"apiVersion": resource.api, "kind": resource.kind, "name": meta["name"],
            "uid": meta["uid"], "controller": True, "blockOwnerDeletion": True}


def controller_of(thing):
    """The controlling owner's reference, or None."""
    for reference in thing["metadata"].get("ownerReferences", []):
        if reference.get("controller"):
            return reference
    return None


def is_owned_by(thing, owner):
    """Whether the owner controls the thing."""
    reference = controller_of(thing)
    return reference is not None and reference["uid"] == owner["metadata"]["uid"]


def deleting(thing):
    """Whether the object waits for its finalizers."""
    return "deletionTimestamp" in thing["metadata"]


def address(seed, number=0):
    """An IPv4 address that depends on the seed alone."""
    digest = hashlib.sha256(f"{seed}/{number}".encode()).digest()
    return f"10.{64 + digest[0] % 64}.{digest[1]}.{1 + digest[2] % 254}"


def hardware_address(seed, number=0):
    """A locally administered MAC address that depends on the seed alone."""
    digest = hashlib.sha256(f"{seed}/{number}/mac".encode()).digest()
    return ":".join(f"{octet:02x}" for octet in (0x02, *digest[:5]))
