/* readinessProbe and livenessProbe. */
#include "render/dialects/controlplane/build.h"

/* The port that is asked: the container's first one when none is given. */
static void port_give(const struct workload_build *build, struct yaml_node *target, const struct given *given,
		      const int64_t *port)
{
	int64_t first = first_port(build);

	if (port)
		give_number(build, target, "port", given);
	else if (first)
		tree_set(build->arena, target, "port", tree_integer(build->arena, given_place(build, given), first));
	else
		reader_error_at(build->reader, object_place(given->type, given->object, given->offset),
				"the probe has no port, and the container lists none; add it");
}

static void http_get_give(const struct workload_build *build, struct yaml_node *probe,
			  const struct workload_http_get *given)
{
	struct yaml_node *get =
		tree_mapping_at(build->arena, probe, "httpGet", tree_at(build->arena, &given->settings.place));

	port_give(build, get, GIVEN(workload_http_get_type, given, port), given->port);
	give_text(build, get, "path", GIVEN(workload_http_get_type, given, path));
	give_text(build, get, "scheme", GIVEN(workload_http_get_type, given, scheme));
	tree_set(build->arena, get, "httpHeaders", given->headers);
}

static void probe_give(const struct workload_build *build, const char *key, const struct workload_probe *given)
{
	struct yaml_node *probe;

	if (given == NULL)
		return;
	if ((given->http_get == NULL) == (given->tcp_socket == NULL)) {
		reader_error_at(build->reader, &given->settings.place, "%s has %s; give exactly one of them", key,
				given->http_get ? "both httpGet and tcpSocket" : "neither httpGet nor tcpSocket");
		return;
	}
	probe = tree_mapping_at(build->arena, build->vm, key, tree_at(build->arena, &given->settings.place));
	if (given->http_get)
		http_get_give(build, probe, given->http_get);
	else
		port_give(build,
			  tree_mapping_at(build->arena, probe, "tcpSocket",
					  given_place(build, GIVEN(workload_probe_type, given, tcp_socket))),
			  GIVEN(workload_tcp_socket_type, given->tcp_socket, port), given->tcp_socket->port);
	give_number(build, probe, "initialDelaySeconds", GIVEN(workload_probe_type, given, initial_delay));
	give_number(build, probe, "periodSeconds", GIVEN(workload_probe_type, given, period));
	give_number(build, probe, "timeoutSeconds", GIVEN(workload_probe_type, given, timeout));
	give_number(build, probe, "successThreshold", GIVEN(workload_probe_type, given, success_threshold));
	give_number(build, probe, "failureThreshold", GIVEN(workload_probe_type, given, failure_threshold));
}

void probes_give(struct workload_build *build)
{
	probe_give(build, "readinessProbe", build->container->readiness);
	probe_give(build, "livenessProbe", build->container->liveness);
}
