"""Pods and their node: the part of the scheduler and the kubelet, for the pods of ordinary workloads."""

from .client import ApiError, NODE, POD
from .instances import NODE as NODE_NAME
from .objects import address, condition, deleting, now, status_patch, with_times

CAPACITY = {"cpu": "1000", "memory": "4Ti", "pods": "100000"}


class Pods:
    """Binds pods to one node that does not exist, and says they run."""

    def __init__(self, world):
        self.world = world
        self.node_made = False

    def reconcile(self, namespace, name):
        """Takes a pod one step on; returns the seconds until the next step, or None."""
        pod = self.world.pods.get(namespace, name)
        if pod is None or pod["spec"].get("nodeName", NODE_NAME) != NODE_NAME:
            return None
        if deleting(pod):
            # The API server waits for the kubelet's word that the containers are gone.
            self.world.client.delete(POD, pod, grace=0)
            return None
        if pod.get("status", {}).get("phase") in ("Succeeded", "Failed"):
            return None
        if not pod["spec"].get("nodeName"):
            self._bind(pod)
        self._run(pod)
        return None

    def _bind(self, pod):
        self._make_node()
        meta = pod["metadata"]
        binding = {"apiVersion": "v1", "kind": "Binding",
                   "metadata": {"name": meta["name"], "namespace": meta["namespace"], "uid": meta["uid"]},
                   "target": {"apiVersion": "v1", "kind": "Node", "name": NODE_NAME}}
        try:
            self.world.client.call("POST", POD.path_of(pod, "binding"), binding)
        except ApiError as error:
            # 409: it is bound already, and the watch is late.
            if error.status not in (404, 409):
                raise

    def _make_node(self):
        if self.node_made:
            return
        node = self.world.client.create(NODE, None, {
            "metadata": {"name": NODE_NAME, "labels": {"kubernetes.io/hostname": NODE_NAME,
                                                       "kubernetes.io/arch": "amd64",
                                                       "kubernetes.io/os": "linux",
                                                       "kubevirt.io/schedulable": "true"}}})
        if node:
            status = {"capacity": CAPACITY, "allocatable": CAPACITY,
                      "conditions": with_times([condition("Ready", True, "Simulated")], [])}
            self.world.client.patch(NODE, node, {"status": status}, "status")
        self.node_made = True

    def _run(self, pod):
        patch = status_patch(pod.get("status", {}), self._status(pod))
        if patch:
            self.world.pods.put(self.world.client.patch(POD, pod, patch, "status"))

    @staticmethod
    def _status(pod):
        """Running and ready; a pod of a job has done its work at once."""
        done = pod["spec"].get("restartPolicy") in ("Never", "OnFailure")
        started = pod.get("status", {}).get("startTime") or now()
        if done:
            state = {"terminated": {"exitCode": 0, "reason": "Completed", "startedAt": started,
                                    "finishedAt": started}}
        else:
            state = {"running": {"startedAt": started}}
        containers = [{"name": container["name"], "image": container["image"], "imageID": "simulated",
                       "containerID": f"simulated://{pod['metadata']['uid']}/{container['name']}",
                       "ready": not done, "started": not done, "restartCount": 0, "state": state,
                       "lastState": {}}
                      for container in pod["spec"]["containers"]]
        ip_address = address(pod["metadata"]["uid"])
        return {"phase": "Succeeded" if done else "Running", "startTime": started, "hostIP": "10.63.0.1",
                "podIP": ip_address, "podIPs": [{"ip": ip_address}], "containerStatuses": containers,
                "conditions": [condition("Initialized", True), condition("Ready", not done),
                               condition("ContainersReady", not done), condition("PodScheduled", True)]}
