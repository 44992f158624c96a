/* Services: what the workload offers, under its name, and the names of its guests. */
#include "base/text.h"
#include "render/dialects/controlplane/build.h"

static void service_port_add(const struct workload_build *build, struct yaml_node *ports, const struct yaml_node *at,
			     const char *name, int64_t number)
{
	struct yaml_node *port = tree_mapping(build->arena, at);

	tree_set(build->arena, port, "name", tree_text(build->arena, at, name));
	tree_set(build->arena, port, "port", tree_integer(build->arena, at, number));
	tree_append(build->arena, ports, port);
}

static bool port_is_listed(const struct value_list *ports, size_t count, int64_t number)
{
	for (size_t i = 0; i < count; i++) {
		const struct workload_port *port = ports->items[i];

		if (*port->number == number)
			return true;
	}
	return false;
}

/* Meshes know the protocol by the name. SSH is always among them. */
static void ports_give(const struct workload_build *build, struct yaml_node *spec)
{
	const struct value_list *given = build->container->ports;
	const struct yaml_node *at = given_place(build, GIVEN(workload_container_type, build->container, ports));
	struct yaml_node *ports = tree_list_at(build->arena, spec, "ports", at);

	for (size_t i = 0; i < given->count; i++) {
		const struct workload_port *port = given->items[i];
		const char *protocol = port->protocol ? port->protocol : "http";

		if (port_is_listed(given, i, *port->number))
			reader_error_at(build->reader, &given->places[i], "port %d is listed twice; keep one",
					(int)*port->number);
		service_port_add(build, ports, given_place(build, GIVEN(workload_port_type, port, number)),
				 arena_format(build->arena, "%s-%d", protocol, (int)*port->number), *port->number);
	}
	if (!port_is_listed(given, given->count, SSH_PORT))
		service_port_add(build, ports, at, "tcp-ssh", SSH_PORT);
}

static struct yaml_node *service_new(const struct workload_build *build, const struct yaml_node *at, const char *name,
				     const char *label, const char *value, struct yaml_node **spec)
{
	struct yaml_node *service = object_new(build->arena, at, "v1", "Service", name);

	*spec = tree_mapping_at(build->arena, service, "spec", at);
	tree_set(build->arena, tree_mapping_at(build->arena, *spec, "selector", at), label,
		 tree_text(build->arena, at, value));
	return service;
}

static void headless(const struct workload_build *build, struct yaml_node *spec, const struct yaml_node *at)
{
	tree_set(build->arena, spec, "clusterIP", tree_text(build->arena, at, "None"));
}

/* RFC 1035 wants a letter first in a Service's name. */
static void service_name_check(const struct workload_build *build, const struct yaml_node *at, const char *what,
			       const char *name)
{
	if (name[0] >= '0' && name[0] <= '9')
		reader_error(build->reader, at->line, at->column,
			     "%s %s begins with a digit, and a Service is called so, too; begin it with a letter",
			     what, reader_quote(build->reader, name));
}

/* Workloads may share a subdomain, also those of other files: the first of them by name makes the Service. */
static bool is_first_of_subdomain(const struct workload_build *build)
{
	size_t at = 0;
	const struct fact *first = workload_next(build, build->guest->subdomain, &at);

	return first == NULL || text_equal(first->name, build->name);
}

/* HOSTNAME.SUBDOMAIN is known to DNS only below a headless Service of that name. */
static void subdomain_add(const struct workload_build *build)
{
	const struct yaml_node *at = given_place(build, GIVEN(guest_type, build->guest, subdomain));
	const char *name = build->guest->subdomain;
	struct yaml_node *service, *spec;

	if (!is_first_of_subdomain(build))
		return;
	service_name_check(build, at, "subdomain", name);
	service = service_new(build, at, name, LABEL_SUBDOMAIN, name, &spec);
	headless(build, spec, at);
	translation_add_object(build->translation, service);
}

void service_add(struct workload_build *build)
{
	const struct yaml_node *at = given_place(build, GIVEN(workload_container_type, build->container, ports));
	const char *subdomain = build->guest->subdomain;
	bool is_both = text_equal(subdomain, build->name);
	struct yaml_node *service, *spec;

	if (subdomain)
		give_label(build, LABEL_SUBDOMAIN, subdomain);
	if (build->container->ports && build->container->ports->count) {
		service_name_check(build, yaml_get(build->document->root, "name"), "name", build->name);
		service = service_new(build, at, build->name, LABEL_WORKLOAD, build->name, &spec);
		if (is_both)
			headless(build, spec, given_place(build, GIVEN(guest_type, build->guest, subdomain)));
		ports_give(build, spec);
		translation_add_object(build->translation, service);
		if (is_both)
			return;
	}
	if (subdomain)
		subdomain_add(build);
}
