#include "daemon/command_status.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "daemon/connect.h"
#include "daemon/options.h"
#include "daemon/table.h"
#include "sync/identity.h"
#include "sync/ledger.h"

static const struct command_words words = {
	.flags = "config kubeconfig context output",
	.usage = "usage: labsync status [--config FILE] [--kubeconfig FILE] [--context NAME] "
		 "[--output text|json]\n\n"
		 "Shows every lab that labsync keeps on the cluster, and what has become of its operations.\n"
};

struct status {
	uv_loop_t loop;
	struct client *client;
	json_t *labs; /* rows, by namespace and name as the server lists them */
	bool failed;
};

/* What has become of each, in the order in which they began. */
static json_t *operations_build(const json_t *parent)
{
	struct ledger ledger = { .entries = NULL };
	json_t *list = json_array();

	ledger_read(&ledger, json_text_at(parent, "data", "operations", NULL));
	for (size_t i = 0; i < ledger.count; i++) {
		const struct ledger_entry *entry = &ledger.entries[i];

		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "name", entry->name,
						      "type", entry->type, "virtualMachine", entry->machine, "state",
						      ledger_state_name(entry->state), "commit", entry->commit,
						      "time", entry->time, "message", entry->message));
	}
	ledger_deinit(&ledger);
	return list;
}

static void on_item(void *data, json_t *parent)
{
	struct status *status = data;
	static const char *const fields[] = { "state", "message", "commit", "cluster", "path" };
	const char *lab = object_label(parent, LABEL_PART_OF);
	cleanup(free) char *name = lab ? identity_parent_name_new(lab) : NULL;
	json_t *row;

	if (!text_equal(name, object_name(parent)))
		return;
	row = json_pack("{s:s, s:s, s:s}", "namespace", object_namespace(parent), "name", lab, "source",
			object_label(parent, LABEL_SOURCE));
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		const char *value = json_text_at(parent, "data", fields[i], NULL);

		json_object_set_new(row, fields[i], json_string(value ? value : ""));
	}
	json_object_set_new(row, "operations", operations_build(parent));
	json_array_append_new(status->labs, row);
}

static void on_restart(void *data)
{
	struct status *status = data;

	json_array_clear(status->labs);
}

static void on_client_closed(void *data)
{
	(void)data;
}

static void on_listed(void *data, const struct client_response *response, const struct error *err)
{
	struct status *status = data;

	(void)response;
	if (err) {
		fprintf(stderr, "labsync: error: cannot list the labs: %s\n", err->message);
		status->failed = true;
	}
	client_close(status->client, on_client_closed, NULL);
}

static const char *cell(const json_t *row, const char *key)
{
	const char *value = json_string_value(json_object_get(row, key));

	return value && *value ? value : "-";
}

static void print_text(const json_t *labs)
{
	static const char *const header[] = { "NAMESPACE", "LAB", "STATE", "COMMIT", "SOURCE", "MESSAGE" };
	struct table *table = table_new(header, sizeof(header) / sizeof(header[0]));
	size_t index;
	json_t *row;

	json_array_foreach (labs, index, row) {
		cleanup(free) char *commit = string_format("%.12s", cell(row, "commit"));
		const char *cells[] = { cell(row, "namespace"), cell(row, "name"),   cell(row, "state"), commit,
					cell(row, "source"),    cell(row, "message") };

		table_add(table, cells);
	}
	table_print(table, stdout);
	table_free(table);
}

static void add_operations(struct table *table, const json_t *row)
{
	const json_t *operation;
	size_t index;

	json_array_foreach (json_object_get(row, "operations"), index, operation) {
		const char *cells[] = { cell(row, "namespace"),
					cell(row, "name"),
					cell(operation, "name"),
					cell(operation, "type"),
					cell(operation, "virtualMachine"),
					cell(operation, "state"),
					cell(operation, "time"),
					cell(operation, "message") };

		table_add(table, cells);
	}
}

/* Only where there are any. */
static void print_operations(const json_t *labs)
{
	static const char *const header[] = { "NAMESPACE", "LAB",   "OPERATION", "TYPE",
					      "MACHINE",   "STATE", "TIME",      "MESSAGE" };
	struct table *table = table_new(header, sizeof(header) / sizeof(header[0]));
	size_t index, count = 0;
	json_t *row;

	json_array_foreach (labs, index, row) {
		add_operations(table, row);
		count += json_array_size(json_object_get(row, "operations"));
	}
	if (count > 0) {
		putchar('\n');
		table_print(table, stdout);
	}
	table_free(table);
}

static void print_json(json_t *labs)
{
	json_t *document = json_pack("{s:O}", "labs", labs);

	json_dumpf(document, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(document);
}

static int show(struct status *status, bool as_json)
{
	static const struct client_list_handlers handlers = { .on_item = on_item,
							      .on_restart = on_restart,
							      .callback = on_listed };

	client_list(status->client, "/api/v1/configmaps?labelSelector=labsync.dev%2Fsource", &handlers, status);
	uv_run(&status->loop, UV_RUN_DEFAULT);
	if (status->failed)
		return 1;
	if (as_json) {
		print_json(status->labs);
		return 0;
	}
	print_text(status->labs);
	print_operations(status->labs);
	return 0;
}

static int connect_and_show(const struct options *options)
{
	struct status status = { .labs = json_array() };
	cleanup(settings) struct daemon_settings settings = { .cluster_name = NULL };
	cleanup(error) struct error err = ERROR_INIT;
	int code = 1;

	if (options->config && !options_load_settings(options, &settings)) {
		json_decref(status.labs);
		return 1;
	}
	uv_loop_init(&status.loop);
	status.client = connect_cluster(&status.loop, options->kubeconfig ? options->kubeconfig : settings.kubeconfig,
					options->context ? options->context : settings.context, CONNECT_BRIEF, &err);
	if (status.client)
		code = show(&status, text_equal(options->output, "json"));
	else
		failure_print(&err);
	uv_loop_close(&status.loop);
	json_decref(status.labs);
	return code;
}

int command_status(int argc, char **argv)
{
	struct options options;
	int code;

	if (!options_parse(argc, argv, &words, &options, &code))
		return code;
	if (options.output && !text_equal(options.output, "json") && !text_equal(options.output, "text")) {
		fprintf(stderr, "labsync: error: --output %s is not known; use text or json\n", options.output);
		return 2;
	}
	return connect_and_show(&options);
}
