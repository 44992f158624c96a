/* NICs, and what reaches the guest through the one on the pod network. */
#include "render/lab/probe_fields.h"
#include "render/lab/vm_check.h"
#include "render/lab/vm_fields.h"
#include "render/lab/vm_interfaces.h"

/* The built-in ports, and those of a layer below that of the NICs, are for VMs with a NIC there. */
static void ports_check(struct vm_check *check)
{
	const struct lab_vm *vm = check->vm;

	if (vm->ports && vm->ports->count > 0 && VM_LAYER(check, ports) > LAYER_BUILT_IN &&
	    VM_LAYER(check, ports) >= VM_LAYER(check, interfaces))
		vm_check_refuse(check, VM_PLACE(check, ports),
				"ports are reached over the pod network, on which no entry of interfaces is; add one "
				"with \"network: pod\", or remove ports");
	check->vm->ports = NULL;
}

static void probe_check(struct vm_check *check, const struct lab_probe *probe, size_t offset, const char *name)
{
	const char *way = probe == NULL ? NULL : probe->http_get ? "httpGet" : probe->tcp_socket ? "tcpSocket" : NULL;

	if (way && check->complete)
		vm_check_refuse(
			check, vm_check_place(check, offset),
			"%s asks over the pod network by %s, and no entry of interfaces is there; add one with "
			"\"network: pod\", or use exec or guestAgentPing",
			name, way);
}

void vm_check_interfaces(struct vm_check *check)
{
	if (!vm_has_pod_network(check->vm))
		ports_check(check);
}

void vm_check_probes(struct vm_check *check)
{
	const struct lab_vm *vm = check->vm;

	if (vm_has_pod_network(vm))
		return;
	probe_check(check, vm->readiness_probe, offsetof(struct lab_vm, readiness_probe), "readinessProbe");
	probe_check(check, vm->liveness_probe, offsetof(struct lab_vm, liveness_probe), "livenessProbe");
}
