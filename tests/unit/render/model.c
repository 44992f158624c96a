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
	model->ports = (struct port_list){ .ports = &model->port, .count = 1 };
	model->cpu = 2;
	model->init = INIT_CLOUD_INIT;
	model->vm = (struct lab_vm){
		.image = "docker://example.org/debian:13",
		.disk_size = "10G",
		.cpu = &model->cpu,
		.memory = "4Gi",
		.init = &model->init,
		.ports = &model->ports,
		.user = "lab",
		.password = "lab123",
	};
	model->pod = (struct lab_pod){ .image = "alpine", .disk_size = "100Mi" };
	model->nodes[MODEL_VM] = (struct lab_node){
		.name = "r1",
		.object_name = "l-r1",
		.type = NODE_VM,
		.line = 20,
		.column = 3,
		.vm = &model->vm,
		.interfaces = &model->vm_interface,
		.interface_count = 1,
	};
	model->nodes[MODEL_POD] = (struct lab_node){
		.name = "p1",
		.object_name = "l-p1",
		.type = NODE_POD,
		.line = 30,
		.column = 3,
		.pod = &model->pod,
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
