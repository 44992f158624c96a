"""What a request is answered when it is not carried out: a Status, in the words that Kubernetes has for each reason."""

GROUP = "kubevirt.io"


class Refusal(Exception):
    """Ends a request; `status` is the answer's body."""

    def __init__(self, code, reason, message, details=None):
        super().__init__(message)
        self.code = code
        self.status = {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": message,
                       "reason": reason, "code": code}
        if details:
            self.status["details"] = details


def _of_object(singular, name):
    return {"name": name, "group": GROUP, "kind": singular}


def conflict(singular, name, why):
    """409: the object's state does not allow it."""
    message = f'Operation cannot be fulfilled on {singular}.{GROUP} "{name}": {why}'
    return Refusal(409, "Conflict", message, _of_object(singular, name))


def forbidden(singular, name, why):
    """403: never for this object."""
    message = f'{singular}.{GROUP} "{name}" is forbidden: {why}'
    return Refusal(403, "Forbidden", message, _of_object(singular, name))


def missing(singular, name):
    """404: no such object."""
    return Refusal(404, "NotFound", f'{singular}.{GROUP} "{name}" not found', _of_object(singular, name))


def bad(why):
    """400: the body is not understood."""
    return Refusal(400, "BadRequest", why)


def internal(why):
    """500: what virt-api answers when its own request to the API server fails."""
    details = {"causes": [{"message": str(why)}]}
    return Refusal(500, "InternalError", f"Internal error occurred: {why}", details)


def unauthenticated(why):
    """401: not the API server's front proxy."""
    return Refusal(401, "Unauthorized", why)


def unknown_path(path):
    """404: nothing is served there."""
    return Refusal(404, "NotFound", f"the server could not find the requested resource: {path}")


def not_played(path):
    """501: KubeVirt serves it, this simulation does not."""
    return Refusal(501, "NotImplemented", f"the simulation of KubeVirt does not play {path}")
