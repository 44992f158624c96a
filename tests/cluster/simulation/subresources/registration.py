"""Makes the API server pass requests for the group on to the simulation, and tells who may pass them on.

Kubernetes finds an aggregated API by an APIService that names a Service. There is no kube-proxy here, so that the
Service is of type ExternalName and leads to this machine; the port is that of the APIService. As in KubeVirt, the
authority of the API server's front proxy comes from the ConfigMap that the API server keeps for that.
"""

import base64
import json

from ..client import CONFIG_MAP, NETWORK_ERRORS, ApiError, Resource
from .discovery import GROUP, VERSIONS

NAMESPACE = "kubevirt"
SERVICE_NAME = "virt-api"
LABELS = {"kubevirt.io": "virt-api-aggregator", "app.kubernetes.io/managed-by": "kubevirt-simulation"}
NAMESPACES = Resource("v1", "Namespace", "namespaces")
SERVICE = Resource("v1", "Service", "services")
API_SERVICE = Resource("apiregistration.k8s.io/v1", "APIService", "apiservices")


class NotYet(Exception):
    """The API server has not said all yet."""


def front_proxy(client):
    """The PEM text of the authority, the names that count (none: any), and the headers with user and groups."""
    told = client.call("GET", CONFIG_MAP.path("kube-system", "extension-apiserver-authentication")).get("data", {})
    if not told.get("requestheader-client-ca-file"):
        raise NotYet("the API server knows no front proxy")
    return {"authority": told["requestheader-client-ca-file"],
            "names": json.loads(told.get("requestheader-allowed-names") or "[]"),
            "users": json.loads(told.get("requestheader-username-headers") or "[]")}


def register(client, port, authority):
    """Makes the objects, or changes those of an earlier run."""
    _ensure(client, NAMESPACES, None, {"metadata": {"name": NAMESPACE, "labels": LABELS}})
    _ensure(client, SERVICE, NAMESPACE, {
        "metadata": {"name": SERVICE_NAME, "namespace": NAMESPACE, "labels": LABELS},
        "spec": {"type": "ExternalName", "externalName": "127.0.0.1"}})
    for version in VERSIONS:
        _ensure(client, API_SERVICE, None, {
            "metadata": {"name": f"{version}.{GROUP}", "labels": LABELS},
            "spec": {"group": GROUP, "version": version, "groupPriorityMinimum": 1000, "versionPriority": 15,
                     "service": {"namespace": NAMESPACE, "name": SERVICE_NAME, "port": port},
                     "caBundle": base64.b64encode(authority.encode()).decode()}})


def _ensure(client, resource, namespace, thing):
    if client.create(resource, namespace, thing) is None:
        known = client.call("GET", resource.path(namespace, thing["metadata"]["name"]))
        client.patch(resource, known, thing)


def when_possible(action, log, stopping):
    """The action's result, once the API server lets it come true; None when the simulation ends first."""
    pause, complaint = 0.05, None
    while not stopping.is_set():
        try:
            return action()
        except (NotYet, ApiError, *NETWORK_ERRORS) as error:
            if str(error) != complaint and pause > 0.5:
                complaint = str(error)
                log(f"subresources: {error}")
        stopping.wait(pause)
        pause = min(pause * 2, 2.0)
    return None
