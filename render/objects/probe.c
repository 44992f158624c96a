#include "render/objects/probe.h"

#include "base/json.h"
#include "render/objects/given.h"

static json_t *headers_build(const struct value_list *headers)
{
	json_t *list = json_array();

	for (size_t i = 0; headers && i < headers->count; i++) {
		const struct lab_http_header *header = headers->items[i];

		json_array_append_new(list, json_pack("{s:s, s:s}", "name", header->name, "value", header->value));
	}
	return list;
}

static json_t *http_get_build(const struct lab_http_get *get)
{
	json_t *value = json_pack("{s:s*, s:s*, s:s*}", "path", get->path, "host", get->host, "scheme", get->scheme);

	given_set_number(value, "port", get->port);
	given_set(value, "httpHeaders", headers_build(get->headers));
	return value;
}

static json_t *tcp_socket_build(const struct lab_tcp_socket *socket)
{
	json_t *value = json_object();

	given_set_number(value, "port", socket->port);
	return value;
}

/* What is asked, of which a person gave one. */
static void handler_set(json_t *value, const struct lab_probe *probe)
{
	if (probe->http_get)
		json_object_set_new(value, "httpGet", http_get_build(probe->http_get));
	if (probe->tcp_socket)
		json_object_set_new(value, "tcpSocket", tcp_socket_build(probe->tcp_socket));
	if (probe->exec)
		json_object_set_new(value, "exec",
				    json_pack("{s:o}", "command", given_list_build(probe->exec->command)));
	if (probe->guest_agent_ping)
		json_object_set_new(value, "guestAgentPing", json_object());
}

json_t *probe_build(const struct lab_probe *probe)
{
	json_t *value;

	if (probe == NULL)
		return NULL;
	value = json_object();
	handler_set(value, probe);
	/* No delay is what there is without a word, and what the server drops. */
	if (probe->initial_delay && *probe->initial_delay > 0)
		given_set_number(value, "initialDelaySeconds", probe->initial_delay);
	given_set_number(value, "periodSeconds", probe->period);
	given_set_number(value, "timeoutSeconds", probe->timeout);
	given_set_number(value, "successThreshold", probe->success_threshold);
	given_set_number(value, "failureThreshold", probe->failure_threshold);
	return value;
}

void probes_set(json_t *target, const struct lab_probe *readiness, const struct lab_probe *liveness)
{
	given_set(target, "readinessProbe", probe_build(readiness));
	given_set(target, "livenessProbe", probe_build(liveness));
}
