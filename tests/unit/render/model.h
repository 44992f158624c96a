/* A lab made by hand, for tests of what is made from labs. */
#pragma once

#include "render/lab/lab.h"

struct model {
	struct lab lab;
	struct lab_link link;
	struct lab_interface vm_interface, pod_interface;
	struct lab_node nodes[2]; /* VM "r1", pod "p1" */
	struct lab_vm vm;
	struct lab_pod pod;
	int64_t cpu;
	enum init_method init;
	struct port_list ports;
	const char *vm_addresses[2], *pod_addresses[1];
	struct lab_route route;
	struct lab_port port;
};

enum { MODEL_VM, MODEL_POD };

/* One link "net" between both nodes. The VM has an address of each family, a
 * route and one port; the pod has an address. */
void model_init(struct model *model);
