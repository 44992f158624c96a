/* LISTs disks and parents side by side, then prints what stayed behind, or
 * deletes it: each only as it was seen, since somebody may take it back into use
 * in between. */
#include "daemon/command_disks.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "daemon/connect.h"
#include "daemon/options.h"
#include "daemon/table.h"
#include "sync/identity.h"
#include "sync/retained_disk.h"

static const struct command_words words = {
	.flags = "config kubeconfig context lab output",
	.takes_arguments = true,
	.usage = "usage: labsync disks [--config FILE] [--kubeconfig FILE] [--context NAME] [--lab LAB]\n"
		 "                     [--output text|json] [delete [[NAMESPACE/]NAME...]]\n\n"
		 "Shows the disks whose node or lab has left Git, and which labsync kept; with `delete`,\n"
		 "deletes those that are named, or all of --lab. What is on them is lost.\n"
		 "Only disks that labsync made and marked, and that no lab lists, count.\n"
		 "With --config, only those of its cluster's name.\n"
};

struct disks;

struct disks_list {
	struct disks *disks;
	const struct kind *kind;
};

struct disks {
	uv_loop_t loop;
	struct client *client;
	const struct options *options;
	const char *cluster; /* NULL: any */
	struct disks_list lists[KIND_COUNT];
	struct retained_disks found;
	json_t *parents; /* of all labs */
	size_t in_flight;
	bool failed;
};

struct deletion {
	struct disks *disks;
	const struct retained_disk *disk;
};

static bool is_deleting(const struct options *options)
{
	return options->arguments[0] != NULL;
}

static void on_client_closed(void *data)
{
	(void)data;
}

static void finish(struct disks *disks)
{
	client_close(disks->client, on_client_closed, NULL);
}

/* What `delete` is to take: named, or of the lab. */
static bool is_wanted(const struct options *options, const struct retained_disk *disk)
{
	cleanup(free) char *whole = string_format("%s/%s", disk->namespace_name, disk->name);
	char *const *names = options->arguments + (is_deleting(options) ? 1 : 0);

	if (options->lab && !text_equal(options->lab, disk->lab))
		return false;
	for (char *const *name = names; *name; name++)
		if (text_equal(*name, disk->name) || text_equal(*name, whole))
			return true;
	return *names == NULL;
}

static void drop_unwanted(struct disks *disks)
{
	struct retained_disks wanted = { .items = NULL };

	for (size_t i = 0; i < disks->found.count; i++) {
		struct retained_disk *disk = &disks->found.items[i];

		if (is_wanted(disks->options, disk))
			retained_disks_add(&wanted, disk->kind, disk->object, disks->cluster);
	}
	retained_disks_deinit(&disks->found);
	disks->found = wanted;
}

static size_t count_named(const struct disks *disks, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < disks->found.count; i++) {
		const struct retained_disk *disk = &disks->found.items[i];
		cleanup(free) char *whole = string_format("%s/%s", disk->namespace_name, disk->name);

		count += text_equal(name, disk->name) || text_equal(name, whole);
	}
	return count;
}

/* Each name must mean one disk; a slip must not delete its namesake elsewhere. */
static bool check_names(struct disks *disks)
{
	for (char *const *name = disks->options->arguments + 1; *name; name++) {
		size_t count = count_named(disks, *name);

		if (count == 0)
			fprintf(stderr, "labsync: error: no disk that was left behind is called \"%s\"\n", *name);
		else if (count > 1)
			fprintf(stderr, "labsync: error: \"%s\" is in %zu namespaces; write NAMESPACE/NAME\n", *name,
				count);
		disks->failed = disks->failed || count != 1;
	}
	return !disks->failed;
}

static void on_deleted(void *data, const struct client_response *response, const struct error *err)
{
	struct deletion *deletion = data;
	struct disks *disks = deletion->disks;
	const struct retained_disk *disk = deletion->disk;

	if (err && response->status != 404) {
		fprintf(stderr, "labsync: error: %s %s/%s: %s\n", disk->kind->name, disk->namespace_name, disk->name,
			response->status == 409 ? "somebody changed it just now; look again" : err->message);
		disks->failed = true;
	} else {
		printf("deleted %s %s/%s\n", disk->kind->name, disk->namespace_name, disk->name);
	}
	free(deletion);
	if (--disks->in_flight == 0)
		finish(disks);
}

static void delete_all(struct disks *disks)
{
	for (size_t i = 0; i < disks->found.count; i++) {
		const struct retained_disk *disk = &disks->found.items[i];
		cleanup(free) char *path = kind_path_new(disk->kind, disk->namespace_name, disk->name);
		cleanup(json) json_t *body = object_deletion_build(disk->object, "Foreground");
		const struct client_request request = { .method = CLIENT_DELETE, .path = path, .body = body };
		struct deletion *deletion = memory_new(sizeof(*deletion));

		*deletion = (struct deletion){ .disks = disks, .disk = disk };
		disks->in_flight++;
		client_send(disks->client, &request, on_deleted, deletion);
	}
	if (disks->in_flight == 0)
		finish(disks);
}

static const char *cell(const char *text)
{
	return text ? text : "-";
}

static void print_text(const struct retained_disks *found)
{
	static const char *const header[] = { "NAMESPACE", "DISK", "LAB", "NODE", "SIZE", "SINCE", "SOURCE", "KIND" };
	struct table *table = table_new(header, sizeof(header) / sizeof(header[0]));

	for (size_t i = 0; i < found->count; i++) {
		const struct retained_disk *disk = &found->items[i];
		const char *cells[] = { disk->namespace_name, disk->name,        disk->lab,    cell(disk->node),
					cell(disk->size),     cell(disk->since), disk->source, disk->kind->name };

		table_add(table, cells);
	}
	table_print(table, stdout);
	table_free(table);
}

static void print_json(const struct retained_disks *found)
{
	json_t *rows = json_array();
	cleanup(json) json_t *document = json_pack("{s:o}", "disks", rows);

	for (size_t i = 0; i < found->count; i++) {
		const struct retained_disk *disk = &found->items[i];

		json_array_append_new(rows,
				      json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:s?}", "namespace",
						disk->namespace_name, "name", disk->name, "kind", disk->kind->name,
						"lab", disk->lab, "source", disk->source, "cluster", disk->cluster,
						"node", disk->node, "size", disk->size, "since", disk->since));
	}
	json_dumpf(document, stdout, JSON_INDENT(2));
	putchar('\n');
}

/* All is listed: what is in use goes out of the list, and the rest is what stayed. */
static void act(struct disks *disks)
{
	const json_t *parent;
	size_t index;

	json_array_foreach (disks->parents, index, parent)
		retained_disks_drop_listed(&disks->found, parent);
	drop_unwanted(disks);
	retained_disks_sort(&disks->found);
	if (is_deleting(disks->options)) {
		if (check_names(disks))
			delete_all(disks);
		else
			finish(disks);
		return;
	}
	if (text_equal(disks->options->output, "json"))
		print_json(&disks->found);
	else
		print_text(&disks->found);
	finish(disks);
}

static void on_item(void *data, json_t *item)
{
	struct disks_list *list = data;

	if (kind_is_config_map(list->kind))
		json_array_append(list->disks->parents, item);
	else
		retained_disks_add(&list->disks->found, list->kind, item, list->disks->cluster);
}

/* Pages that come again replace what came before; the other kinds' disks stay. */
static void on_restart(void *data)
{
	struct disks_list *list = data;
	struct retained_disks *found = &list->disks->found, others = { .items = NULL };

	if (kind_is_config_map(list->kind)) {
		json_array_clear(list->disks->parents);
		return;
	}
	for (size_t i = 0; i < found->count; i++)
		if (found->items[i].kind != list->kind)
			retained_disks_add(&others, found->items[i].kind, found->items[i].object, NULL);
	retained_disks_deinit(found);
	*found = others;
}

static void on_listed(void *data, const struct client_response *response, const struct error *err)
{
	struct disks_list *list = data;
	struct disks *disks = list->disks;

	if (err && !(response->status == 404 && list->kind->provider)) {
		fprintf(stderr, "labsync: error: cannot list %s: %s\n", list->kind->plural, err->message);
		disks->failed = true;
	}
	if (--disks->in_flight > 0)
		return;
	if (disks->failed)
		finish(disks);
	else
		act(disks);
}

static void start_lists(struct disks *disks)
{
	static const struct client_list_handlers handlers = { .on_item = on_item,
							      .on_restart = on_restart,
							      .callback = on_listed };

	for (size_t i = 0; i < KIND_COUNT; i++) {
		const struct kind *kind = kind_at(i);
		cleanup(free) char *collection = NULL;
		cleanup(free) char *path = NULL;

		if (!kind->is_disk && !kind_is_config_map(kind))
			continue;
		collection = kind_path_new(kind, NULL, NULL);
		path = string_format("%s?labelSelector=labsync.dev%%2Fsource", collection);
		disks->lists[i] = (struct disks_list){ .disks = disks, .kind = kind };
		disks->in_flight++;
		client_list(disks->client, path, &handlers, &disks->lists[i]);
	}
}

static int connect_and_run(const struct options *options, const struct daemon_settings *settings)
{
	struct disks disks = { .options = options, .cluster = settings->cluster_name, .parents = json_array() };
	cleanup(error) struct error err = ERROR_INIT;

	uv_loop_init(&disks.loop);
	disks.client = connect_cluster(&disks.loop, options->kubeconfig ? options->kubeconfig : settings->kubeconfig,
				       options->context ? options->context : settings->context, CONNECT_BRIEF, &err);
	if (disks.client) {
		start_lists(&disks);
		uv_run(&disks.loop, UV_RUN_DEFAULT);
	} else {
		failure_print(&err);
		disks.failed = true;
	}
	uv_loop_close(&disks.loop);
	retained_disks_deinit(&disks.found);
	json_decref(disks.parents);
	return disks.failed ? EXIT_FAILED : EXIT_DONE;
}

static bool check_usage(const struct options *options)
{
	if (options->output && !text_equal(options->output, "json") && !text_equal(options->output, "text"))
		fprintf(stderr, "labsync: error: --output %s is not known; use text or json\n", options->output);
	else if (is_deleting(options) && !text_equal(options->arguments[0], "delete"))
		fprintf(stderr, "labsync: error: unknown word \"%s\"; the only one is \"delete\"\n",
			options->arguments[0]);
	else if (is_deleting(options) && options->arguments[1] == NULL && options->lab == NULL)
		fputs("labsync: error: delete what? Name disks, or a lab with --lab\n", stderr);
	else
		return true;
	return false;
}

int command_disks(int argc, char **argv)
{
	cleanup(settings) struct daemon_settings settings = { .cluster_name = NULL };
	struct options options;
	int code;

	if (!options_parse(argc, argv, &words, &options, &code))
		return code;
	if (!check_usage(&options))
		return EXIT_USAGE;
	if (options.config && !options_load_settings(&options, &settings))
		return EXIT_FAILED;
	return connect_and_run(&options, &settings);
}
