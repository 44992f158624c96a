#include "tests/integration/fixture.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"

static struct {
	unsigned passed, failed;
} tally;

bool expect(bool good, const char *name, const char *format, ...)
{
	va_list arguments;

	if (good) {
		tally.passed++;
		printf("ok %s\n", name);
	} else {
		tally.failed++;
		printf("not ok %s: ", name);
		va_start(arguments, format);
		vprintf(format, arguments);
		va_end(arguments);
		putchar('\n');
	}
	fflush(stdout);
	return good;
}

int report(void)
{
	printf("%u passed, %u failed\n", tally.passed, tally.failed);
	return tally.failed ? 1 : 0;
}

static _Noreturn void give_up(const struct error *err)
{
	cleanup(free) char *text = error_text(err);

	fprintf(stderr, "%s\n", text);
	exit(1);
}

void fixture_load(const char *kubeconfig, struct connection *connection)
{
	struct error err = ERROR_INIT;

	if (!connection_load(kubeconfig, NULL, connection, &err))
		give_up(&err);
}

void fixture_open_connection(struct fixture *fixture, struct connection *connection,
			     const struct client_settings *settings)
{
	struct error err = ERROR_INIT;

	uv_loop_init(&fixture->loop);
	fixture->client = client_new(&fixture->loop, connection, settings, &err);
	if (fixture->client == NULL)
		give_up(&err);
}

void fixture_open(struct fixture *fixture, const char *kubeconfig, const struct client_settings *settings)
{
	struct connection connection;

	fixture_load(kubeconfig, &connection);
	fixture_open_connection(fixture, &connection, settings);
}

static void on_closed(void *data)
{
	(*(unsigned *)data)++;
}

void fixture_close(struct fixture *fixture, const char *name)
{
	unsigned closed = 0;
	cleanup(free) char *line = string_format("%s: closes and leaves nothing on the loop", name);

	if (fixture->client)
		client_close(steal(&fixture->client), on_closed, &closed);
	else
		closed = 1;
	uv_run(&fixture->loop, UV_RUN_DEFAULT);
	expect(closed == 1 && uv_loop_close(&fixture->loop) == 0, line, "closed %u times", closed);
}

void outcome_clear(struct outcome *outcome)
{
	json_decref(outcome->body);
	error_deinit(&outcome->err);
	*outcome = (struct outcome){ .calls = 0 };
}

void outcome_take(void *data, const struct client_response *response, const struct error *err)
{
	struct outcome *outcome = data;

	outcome->calls++;
	outcome->status = response->status;
	json_decref(outcome->body);
	outcome->body = json_incref((json_t *)response->body);
	if (err)
		error_copy(&outcome->err, err);
}

const char *outcome_text(const struct outcome *outcome)
{
	return outcome->err.message ? outcome->err.message : "no error";
}

void run_until(struct fixture *fixture, const unsigned *count, unsigned wanted)
{
	while (*count < wanted && uv_run(&fixture->loop, UV_RUN_ONCE))
		;
}

void ask(struct fixture *fixture, enum client_method method, const char *path, const char *body,
	 struct outcome *outcome)
{
	cleanup(json) json_t *value = body ? json_loads(body, 0, NULL) : NULL;
	struct client_request request = { .method = method, .path = path, .body = value };

	outcome_clear(outcome);
	client_send(fixture->client, &request, outcome_take, outcome);
	if (outcome->calls) {
		fputs("the callback came before client_send() returned\n", stderr);
		exit(1);
	}
	run_until(fixture, &outcome->calls, 1);
}

json_t *config_map_build(const char *name)
{
	return json_pack("{s:s, s:s, s:{s:s}, s:{s:s}}", "apiVersion", "v1", "kind", "ConfigMap", "metadata", "name",
			 name, "data", "key", "value");
}

char *cluster_file_new(const struct cluster *cluster, const char *name)
{
	return string_format("%s/%s", cluster->directory, name);
}

void open_as(struct fixture *fixture, const struct cluster *cluster, const char *name)
{
	cleanup(free) char *path = cluster_file_new(cluster, name);

	fixture_open(fixture, path, NULL);
}

void expect_status(const struct outcome *outcome, long status, enum error_code code, const char *name)
{
	expect(outcome->calls == 1 && outcome->status == status && outcome->err.code == code, name,
	       "%u answers, HTTP %ld, code %d: %s", outcome->calls, outcome->status, outcome->err.code,
	       outcome_text(outcome));
}
