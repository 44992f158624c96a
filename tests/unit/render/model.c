#include "tests/unit/render/model.h"

static void interfaces_init(struct model *model)
{
	model->link = (struct lab_link){ .name = "net", .object_name = "l-net", .line = 9, .column = 5 };
	model->vm_addresses[0] = "10.0.0.1/24";
	model->vm_addresses[1] = "2001:db8::1/64";
	model->pod_addresses[0] = "10.0.0.2/24";
	model->route = (struct lab_route){ .to = "10.1.0.0/16", .via = "10.0.0.2" };
	model->vm_interface = (struct lab_interface){
		.link = &model->link,
		.name = "net",
		.mac = "12:20:22:00:00:01",
		.addresses = model->vm_addresses,
		.address_count = 2,
		.routes = &model->route,
		.route_count = 1,
		.line = 11,
		.column = 9,
	};
	model->pod_interface = (struct lab_interface){
		.link = &model->link,
		.name = "net",
		.mac = "12:20:22:00:00:02",
		.addresses = model->pod_addresses,
		.address_count = 1,
		.line = 13,
		.column = 9,
	};
}

static void nodes_init(struct model *model)
{
	model->port = (struct lab_port){ .name = "ssh", .port = 22, .protocol = "TCP" };
	model->nodes[MODEL_VM] = (struct lab_node){
		.name = "r1",
		.object_name = "l-r1",
		.type = NODE_VM,
		.line = 20,
		.column = 3,
		.vm = {
			.image = "docker://example.org/debian:13",
			.disk_size = "10G",
			.cpu = 2,
			.memory = "4Gi",
			.init = INIT_CLOUD_INIT,
			.ports = &model->port,
			.port_count = 1,
			.user = "lab",
			.password = "lab123",
		},
		.interfaces = &model->vm_interface,
		.interface_count = 1,
	};
	model->nodes[MODEL_POD] = (struct lab_node){
		.name = "p1",
		.object_name = "l-p1",
		.type = NODE_POD,
		.line = 30,
		.column = 3,
		.pod = { .image = "alpine", .disk_size = "100Mi" },
		.interfaces = &model->pod_interface,
		.interface_count = 1,
	};
}

void model_init(struct model *model)
{
	*model = (struct model){ .lab = { .name = "l" } };
	interfaces_init(model);
	nodes_init(model);
	model->lab = (struct lab){
		.name = "l",
		.namespace_name = "n",
		.path = "labs/l.yaml",
		.line = 1,
		.column = 1,
		.valid = true,
		.nodes = model->nodes,
		.node_count = 2,
		.links = &model->link,
		.link_count = 1,
	};
}
