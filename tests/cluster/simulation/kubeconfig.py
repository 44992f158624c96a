"""Reads server, authority and token from a kubeconfig that names one cluster and one user."""

import base64
import json
import re

WANTED = ("server", "certificate-authority-data", "certificate-authority", "token",
          "insecure-skip-tls-verify")
SETTING = re.compile(r"(?:^|[\s{,])[\"']?(" + "|".join(WANTED) + r")[\"']?\s*:\s*([^\s,{}]+)")


class KubeconfigError(Exception):
    """The kubeconfig cannot be used."""


def read(path):
    """Returns a dict of the wanted settings; "authority" holds the PEM text of the CA, or None."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    found = _from_json(text) if text.lstrip().startswith("{") else _from_lines(text)
    if not found.get("server"):
        raise KubeconfigError(f"{path}: no server")
    found["authority"] = _authority(found)
    return found


def _from_lines(text):
    """The subset of YAML that kubeconfigs are written in; the first of each setting counts."""
    found = {}
    for line in text.splitlines():
        for name, value in SETTING.findall(line):
            found.setdefault(name, value.strip("\"'"))
    return found


def _from_json(text):
    config = json.loads(text)
    found = {}
    for part in [entry["cluster"] for entry in config["clusters"]] + \
                [entry["user"] for entry in config["users"]]:
        for key in WANTED:
            if key in part:
                found.setdefault(key, part[key])
    return found


def _authority(found):
    if found.get("certificate-authority-data"):
        return base64.b64decode(found["certificate-authority-data"]).decode()
    if found.get("certificate-authority"):
        with open(found["certificate-authority"], encoding="utf-8") as file:
            return file.read()
    return None
