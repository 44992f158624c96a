#include "sync/observe.h"

#include "sync/identity.h"

struct observe_list {
	struct observe *observe;
	const struct kind *kind; /* ConfigMap: with the parents, which are of the same kind */
};

struct observe {
	const char *cluster, *source;
	struct observation *observation;
	struct observe_list lists[KIND_COUNT];
	size_t in_flight;
	struct error error; /* the first */
	observe_callback *callback;
	void *data;
};

static void forget_inventories(struct observation *observation)
{
	for (size_t i = 0; i < observation->inventory_count; i++)
		inventory_free(observation->inventories[i]);
	observation->inventory_count = 0;
}

void observation_deinit(struct observation *observation)
{
	forget_inventories(observation);
	free(observation->inventories);
	live_set_free(observation->live);
	*observation = (struct observation){ .live = NULL };
}

bool observe_covers(enum observe_extent extent, const struct kind *kind)
{
	return extent == OBSERVE_ALL || kind->wave == WAVE_DISKS || kind->wave == WAVE_MACHINES;
}

/* A lab's parent and a lab's files are of one kind; only a parent is the head of an ApplySet. */
static bool is_parent(const struct kind *kind, const json_t *object)
{
	return kind_is_config_map(kind) && object_label(object, LABEL_APPLYSET_ID);
}

static void add_parent(struct observe *observe, json_t *parent)
{
	struct observation *observation = observe->observation;
	struct inventory *inventory = inventory_new_from_parent(parent, observe->cluster, observe->source);

	if (inventory == NULL)
		return; /* another cluster's or another program's, by its own words */
	memory_grow(&observation->inventories, observation->inventory_count, &observation->inventory_capacity,
		    sizeof(*observation->inventories));
	observation->inventories[observation->inventory_count++] = inventory;
}

/* Items of a LIST come without apiVersion and kind; whoever reads one alone needs them. */
static void add_object(struct observe *observe, const struct kind *kind, json_t *object)
{
	cleanup(free) char *version = kind_api_version_new(kind);

	json_object_set_new(object, "apiVersion", json_string(version));
	json_object_set_new(object, "kind", json_string(kind->name));
	live_set_put(observe->observation->live, kind, object);
}

static void on_item(void *data, json_t *item)
{
	struct observe_list *list = data;

	if (!json_is_object(item))
		return;
	if (is_parent(list->kind, item))
		add_parent(list->observe, item);
	else
		add_object(list->observe, list->kind, item);
}

static void on_restart(void *data)
{
	struct observe_list *list = data;

	live_set_clear_kind(list->observe->observation->live, list->kind);
	if (kind_is_config_map(list->kind))
		forget_inventories(list->observe->observation);
}

static void on_listed(void *data, const struct client_response *response, const struct error *err)
{
	struct observe_list *list = data;
	struct observe *observe = list->observe;
	bool is_unserved = response->status == 404 && list->kind->provider;

	if (is_unserved) {
		live_set_mark_unserved(observe->observation->live, list->kind);
	} else if (err && observe->error.code == ERROR_NONE) {
		error_copy(&observe->error, err);
		error_wrap(&observe->error, "cannot list %s", list->kind->plural);
	}
	if (--observe->in_flight > 0)
		return;
	observe->callback(observe->data, observe->error.code == ERROR_NONE ? NULL : &observe->error);
	error_deinit(&observe->error);
	free(observe);
}

static void start_list(struct observe *observe, size_t index, const struct kind *kind, struct client *client)
{
	static const struct client_list_handlers handlers = { .on_item = on_item,
							      .on_restart = on_restart,
							      .callback = on_listed };
	struct observe_list *list = &observe->lists[index];
	cleanup(free) char *collection = kind_path_new(kind, NULL, NULL);
	/* Only "/" and "=" of the selector need an escape: a source's name is a DNS label. */
	cleanup(free) char *path =
		string_format("%s?labelSelector=labsync.dev%%2Fsource%%3D%s", collection, observe->source);

	*list = (struct observe_list){ .observe = observe, .kind = kind };
	observe->in_flight++;
	client_list(client, path, &handlers, list);
}

void observe_start(struct client *client, const char *cluster, const char *source, enum observe_extent extent,
		   struct observation *observation, observe_callback *callback, void *data)
{
	struct observe *observe = memory_new(sizeof(*observe));

	*observe = (struct observe){
		.cluster = cluster, .source = source, .observation = observation, .callback = callback, .data = data
	};
	if (observation->live == NULL)
		observation->live = live_set_new();
	for (size_t i = 0; i < KIND_COUNT; i++)
		if (observe_covers(extent, kind_at(i)))
			start_list(observe, i, kind_at(i), client);
}
