"""A simulation of the controllers of KubeVirt and CDI, for tests against a real API server."""
