"""Faults a test asks for: KIND=NAME:FAULT."""

import fnmatch

KINDS = {"vm": "VirtualMachine", "virtualmachine": "VirtualMachine",
         "dv": "DataVolume", "datavolume": "DataVolume"}
FAULTS = {"DataVolume": ("import-failed",),
          "VirtualMachine": ("crash-loop", "unschedulable", "never-ready", "paused", "image-pull")}


class Faults:
    """Answers which fault an object has."""

    def __init__(self, texts):
        self.rules = [parse(text) for text in texts]

    def of(self, kind, namespace, name):
        """The object's fault or None; the first rule that fits counts."""
        for rule_kind, pattern, fault in self.rules:
            if rule_kind != kind:
                continue
            subject = f"{namespace}/{name}" if "/" in pattern else name
            if fnmatch.fnmatchcase(subject, pattern):
                return fault
        return None


def parse(text):
    """Checks one --fault; NAME may be namespace/name, and both may hold * and ?."""
    kind_text, equals, rest = text.partition("=")
    name, colon, fault = rest.rpartition(":")
    kind = KINDS.get(kind_text.lower())
    if not (equals and colon and name and kind):
        raise ValueError(f"{text}: not KIND=NAME:FAULT with KIND VirtualMachine or DataVolume")
    if fault not in FAULTS[kind]:
        raise ValueError(f"{text}: a {kind} knows the faults {', '.join(FAULTS[kind])}")
    return kind, name, fault
