#include "render/objects/service.h"

#include "render/objects/identity.h"

/* Pods of a machine keep the labels that they were made with, while a lab that names nothing after itself may get another
 * name: its machines are found by their own. */
static json_t *selector_build(const struct lab *lab, const struct lab_node *node)
{
	if (lab->plain_names && node->vm)
		return json_pack("{s:s, s:s}", LABEL_NAME, node->name, LABEL_DOMAIN, node->object_name);
	return node_labels_build(lab, node);
}

json_t *service_build(const struct lab *lab, const struct lab_node *node, const struct port_list *given)
{
	json_t *ports = json_array();

	for (size_t i = 0; i < given->count; i++) {
		const struct lab_port *port = &given->ports[i];
		json_int_t number = port->port;

		json_array_append_new(ports, json_pack("{s:s, s:I, s:I, s:s}", "name", port->name, "port", number,
						       "targetPort", number, "protocol", port->protocol));
	}
	return json_pack("{s:s, s:s, s:o, s:{s:s, s:o, s:o}}", "apiVersion", "v1", "kind", "Service", "metadata",
			 metadata_build(lab, node->object_name, node->name), "spec", "type", "ClusterIP", "selector",
			 selector_build(lab, node), "ports", ports);
}
