#include "render/lab/probe_fields.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/exclusive.h"
#include "render/lab/tell_once.h"
#include "render/lab/values.h"

enum {
	PORT_MAX = 65535,
	SECONDS_MAX = 86400,
	TIMES_MAX = 1000,
	COMMAND_MAX = 256,
	HTTP_TEXT_MAX = 2048,
	HEADERS_MAX = 32
};

#define HEADER_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"

static const struct value_type port_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = PORT_MAX,
};
static const struct value_type delay_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 0,
	.maximum = SECONDS_MAX,
};
static const struct value_type seconds_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = SECONDS_MAX,
};
static const struct value_type times_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = TIMES_MAX,
};
static const char *const schemes[] = { "HTTP", "HTTPS", NULL };
static const struct value_type scheme_type = { .name = "text", .shape = VALUE_TEXT, .allowed = schemes };
static const struct value_type http_path_type = { .name = "path", .shape = VALUE_TEXT, .pattern = "^/[^ ]*$" };
static const struct value_type http_host_type = { .name = "name", .shape = VALUE_TEXT, .pattern = "^[^ /]+$" };

static const void *http_path_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (pair->value->text[0] != '/' || !value_is_one_word(pair->value->text))
		return reader_refuse(reader, pair->value, "path %s must begin with \"/\" and have no blanks",
				     reader_quote(reader, pair->value->text));
	if (strlen(pair->value->text) > HTTP_TEXT_MAX)
		return reader_refuse(reader, pair->value, "path is longer than %d characters", HTTP_TEXT_MAX);
	return pair->value->text;
}

static const void *http_host_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	text = pair->value->text;
	if (*text == '\0' || strchr(text, '/') || !value_is_one_word(text) || strlen(text) > HTTP_TEXT_MAX)
		return reader_refuse(reader, pair->value,
				     "host %s is no host; write a name or an address, without http:// and path",
				     reader_quote(reader, text));
	return text;
}

static const struct value_type header_name_type = {
	.name = "name", .shape = VALUE_TEXT, .pattern = "^[A-Za-z0-9-]+$", /* what Kubernetes takes */
};
static const struct value_type header_value_type = { .name = "text", .shape = VALUE_SCALAR, .pattern = "^[^\r\n]*$" };

static const void *header_name_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	text = pair->value->text;
	if (*text == '\0' || strlen(text) > HTTP_TEXT_MAX || text[strspn(text, HEADER_CHARACTERS)] != '\0')
		return reader_refuse(reader, pair->value,
				     "name %s is no name of a header; use letters, digits and \"-\", like Accept",
				     reader_quote(reader, text));
	return text;
}

/* Not repeated in messages: it may be a password. */
static const void *header_value_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text = value_read(reader, pair, &header_value_type);

	if (text && (strpbrk(text, "\r\n") || strlen(text) > HTTP_TEXT_MAX))
		return reader_refuse(reader, pair->value,
				     "value of a header must be one line of at most %d characters", HTTP_TEXT_MAX);
	return text;
}

static const struct field http_header_fields[] = {
	{ "name", header_name_read, offsetof(struct lab_http_header, name), &header_name_type,
	  "The header's name, like Accept.", .presence = FIELD_REQUIRED },
	{ "value", header_value_read, offsetof(struct lab_http_header, value), &header_value_type, "What it says.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct value_type http_header_type = {
	.name = "HTTPHeader",
	.shape = VALUE_OBJECT,
	.fields = http_header_fields,
	.size = sizeof(struct lab_http_header),
};
static const struct value_type http_headers_type = {
	.shape = VALUE_LIST,
	.items = &http_header_type,
	.items_max = HEADERS_MAX,
};

static const struct field http_get_fields[] = {
	{ "port", NULL, offsetof(struct lab_http_get, port), &port_type, "The port to ask.",
	  .presence = FIELD_REQUIRED },
	{ "path", http_path_read, offsetof(struct lab_http_get, path), &http_path_type,
	  "The path to ask for. Without it, /.", .fallback = NULL },
	{ "host", http_host_read, offsetof(struct lab_http_get, host), &http_host_type,
	  "The host to ask. Without it, the node itself.", .fallback = NULL },
	{ "scheme", NULL, offsetof(struct lab_http_get, scheme), &scheme_type,
	  "HTTP, or HTTPS, whose certificate is not checked. Without it, HTTP.", .fallback = NULL },
	{ "httpHeaders", NULL, offsetof(struct lab_http_get, headers), &http_headers_type,
	  "Headers that the request has beside its own.", .fallback = NULL },
	{ .name = NULL },
};

static const struct field tcp_socket_fields[] = {
	{ "port", NULL, offsetof(struct lab_tcp_socket, port), &port_type, "The port that must take connections.",
	  .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct value_type command_type = {
	.shape = VALUE_LIST,
	.items = &text_type,
	.items_min = 1,
	.items_max = COMMAND_MAX,
};

static const struct field exec_fields[] = {
	{ "command", NULL, offsetof(struct lab_exec, command), &command_type,
	  "The program and its arguments, without a shell.", .presence = FIELD_REQUIRED },
	{ .name = NULL },
};

static const struct field no_fields[] = { { .name = NULL } };

static const struct value_type http_get_type = {
	.name = "HTTPGet",
	.shape = VALUE_OBJECT,
	.fields = http_get_fields,
	.size = sizeof(struct lab_http_get),
};
static const struct value_type tcp_socket_type = {
	.name = "TCPSocket",
	.shape = VALUE_OBJECT,
	.fields = tcp_socket_fields,
	.size = sizeof(struct lab_tcp_socket),
};
static const struct value_type exec_type = {
	.name = "Exec",
	.shape = VALUE_OBJECT,
	.fields = exec_fields,
	.size = sizeof(struct lab_exec),
};
static const struct value_type guest_agent_ping_type = {
	.name = "GuestAgentPing",
	.shape = VALUE_OBJECT,
	.fields = no_fields,
	.size = sizeof(struct lab_guest_agent_ping),
};

#define HTTP_GET_TEXT "Works when an HTTP request is answered with a status from 200 to 399."
#define TCP_SOCKET_TEXT "Works when a TCP connection is taken."
#define EXEC_VM_TEXT "Works when a program in the guest ends with 0. The guest needs the QEMU guest agent."
#define EXEC_POD_TEXT "Works when a program in the container ends with 0."
#define PING_TEXT "Works when the QEMU guest agent in the guest answers. It is written as {}."

#define DELAY_TEXT "How many seconds after the start the first try is made. Without it, 0."
#define PERIOD_TEXT "The seconds from one try to the next. Without it, 10."
#define TIMEOUT_TEXT "After how many seconds without an answer a try has failed. Without it, 1."
#define SUCCESS_TEXT                                                                                                 \
	"How many tries in a row must succeed after one that failed. Without it, 1, which is all that "              \
	"livenessProbe takes."
#define FAILURE_TEXT "How many tries in a row must fail. Without it, 3."

#define PROBE_FIELD(name, member, type, text)                                                                        \
	{                                                                                                            \
		name, NULL, offsetof(struct lab_probe, member), &(type), text, .fallback = NULL                      \
	}

#define TIMING_FIELDS                                                                                                \
	PROBE_FIELD("initialDelaySeconds", initial_delay, delay_type, DELAY_TEXT),                                   \
		PROBE_FIELD("periodSeconds", period, seconds_type, PERIOD_TEXT),                                     \
		PROBE_FIELD("timeoutSeconds", timeout, seconds_type, TIMEOUT_TEXT),                                  \
		PROBE_FIELD("successThreshold", success_threshold, times_type, SUCCESS_TEXT),                        \
		PROBE_FIELD("failureThreshold", failure_threshold, times_type, FAILURE_TEXT)

static const struct field vm_probe_fields[] = {
	PROBE_FIELD("httpGet", http_get, http_get_type, HTTP_GET_TEXT),
	PROBE_FIELD("tcpSocket", tcp_socket, tcp_socket_type, TCP_SOCKET_TEXT),
	PROBE_FIELD("exec", exec, exec_type, EXEC_VM_TEXT),
	PROBE_FIELD("guestAgentPing", guest_agent_ping, guest_agent_ping_type, PING_TEXT),
	TIMING_FIELDS,
	{ .name = NULL },
};

static const struct field pod_probe_fields[] = {
	PROBE_FIELD("httpGet", http_get, http_get_type, HTTP_GET_TEXT),
	PROBE_FIELD("tcpSocket", tcp_socket, tcp_socket_type, TCP_SOCKET_TEXT),
	PROBE_FIELD("exec", exec, exec_type, EXEC_POD_TEXT),
	TIMING_FIELDS,
	{ .name = NULL },
};

const struct value_type vm_probe_type = {
	.name = "VMProbe",
	.shape = VALUE_OBJECT,
	.fields = vm_probe_fields,
	.size = sizeof(struct lab_probe),
};
const struct value_type pod_probe_type = {
	.name = "PodProbe",
	.shape = VALUE_OBJECT,
	.fields = pod_probe_fields,
	.size = sizeof(struct lab_probe),
};

static const size_t handlers[] = { offsetof(struct lab_probe, http_get), offsetof(struct lab_probe, tcp_socket),
				   offsetof(struct lab_probe, exec), offsetof(struct lab_probe, guest_agent_ping) };

enum { HANDLER_COUNT = sizeof(handlers) / sizeof(handlers[0]) };

static bool has_handler(const struct lab_probe *probe)
{
	return probe->http_get || probe->tcp_socket || probe->exec || probe->guest_agent_ping;
}

static const char *probe_name(enum probe_purpose purpose)
{
	return purpose == PROBE_LIVENESS ? "livenessProbe" : "readinessProbe";
}

const struct lab_probe *probe_settle(struct reader *reader, const struct value_type *type, enum probe_purpose purpose,
				     const struct lab_probe *probe, bool complete)
{
	const char *name = probe_name(purpose);
	struct lab_probe *settled;

	if (probe == NULL)
		return NULL;
	settled = arena_new(reader->arena, sizeof(*settled));
	*settled = *probe;
	if (!has_handler(probe) && complete)
		reader_error_once(reader, &probe->settings.place,
				  "%s does not say what to ask; add httpGet, tcpSocket%s", name,
				  type == &vm_probe_type ? ", exec or guestAgentPing" : " or exec");
	else
		exclusive_settle(reader, type, settled, handlers, HANDLER_COUNT);
	/* Kubernetes' own rule. */
	if (purpose == PROBE_LIVENESS && probe->success_threshold && *probe->success_threshold != 1)
		reader_error_once(reader, object_place(type, probe, offsetof(struct lab_probe, success_threshold)),
				  "successThreshold of livenessProbe must be 1; remove it");
	return settled;
}

/* No ports stand for all of them. */
static bool ports_pass(const struct port_list *ports, int64_t port)
{
	for (size_t i = 0; ports && i < ports->count; i++)
		if (ports->ports[i].port == port && text_equal(ports->ports[i].protocol, "TCP"))
			return true;
	return ports == NULL || ports->count == 0;
}

static void port_check(struct reader *reader, enum probe_purpose purpose, const int64_t *port,
		       const struct place *place, const struct port_list *ports)
{
	if (port && !ports_pass(ports, *port))
		reader_error_once(reader, place,
				  "%s asks TCP port %d, which is not among ports, so that nothing of it reaches the "
				  "guest; add it to ports",
				  probe_name(purpose), (int)*port);
}

void probe_check_port(struct reader *reader, enum probe_purpose purpose, const struct lab_probe *probe,
		      const struct port_list *ports)
{
	const struct lab_http_get *http = probe ? probe->http_get : NULL;
	const struct lab_tcp_socket *tcp = probe ? probe->tcp_socket : NULL;

	/* With a host, somebody else is asked. */
	if (http && http->host == NULL)
		port_check(reader, purpose, http->port,
			   object_place(&http_get_type, http, offsetof(struct lab_http_get, port)), ports);
	if (tcp)
		port_check(reader, purpose, tcp->port,
			   object_place(&tcp_socket_type, tcp, offsetof(struct lab_tcp_socket, port)), ports);
}
