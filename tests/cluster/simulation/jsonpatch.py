"""The operations of a JSON Patch (RFC 6902) that the patches of restores and clones are written in."""

import copy


class PatchError(Exception):
    """An operation that does not fit the document."""


def apply(document, operations):
    """A changed copy of the document."""
    document = copy.deepcopy(document)
    for operation in operations:
        kind, path = operation.get("op"), operation.get("path", "")
        parts = [part.replace("~1", "/").replace("~0", "~") for part in path.split("/")[1:]]
        if not parts or kind not in KINDS:
            raise PatchError(f"{kind} {path}: not played by this simulation")
        try:
            parent = document
            for part in parts[:-1]:
                parent = parent[_key(parent, part)]
            KINDS[kind](parent, parts[-1], operation.get("value"))
        except (KeyError, IndexError, TypeError, ValueError):
            raise PatchError(f"{kind} {path}: there is no such place") from None
    return document


def _key(parent, part):
    return int(part) if isinstance(parent, list) else part


def _add(parent, part, value):
    if isinstance(parent, list):
        parent.insert(len(parent) if part == "-" else int(part), value)
    else:
        parent[part] = value


def _replace(parent, part, value):
    key = _key(parent, part)
    parent[key]  # pylint: disable=pointless-statement  # must be there
    parent[key] = value


def _remove(parent, part, _value):
    del parent[_key(parent, part)]


def _test(parent, part, value):
    if parent[_key(parent, part)] != value:
        raise ValueError


KINDS = {"add": _add, "replace": _replace, "remove": _remove, "test": _test}
