#include "sync/observe.h"

#include "sync/identity.h"

struct observe_list {
	struct observe *observe;
	const struct kind *kind; /* ConfigMap: with the parents, which are of the same kind */
};

struct observe {
	struct client *client;
	struct observe_request request;
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

static bool is_covered(const struct observe_request *request, const struct kind *kind)
{
	if (kind->is_occasional && !request->wanted.has[kind_index(kind)])
		return false;
	return request->extent == OBSERVE_ALL || kind->has_health;
}

/* A lab's parent and a lab's files are of one kind; only a parent is the head of an ApplySet. */
static bool is_parent(const struct kind *kind, const json_t *object)
{
	return kind_is_config_map(kind) && object_label(object, LABEL_APPLYSET_ID);
}

static void add_parent(struct observe *observe, json_t *parent)
{
	struct observation *observation = observe->observation;
	struct inventory *inventory =
		inventory_new_from_parent(parent, observe->request.cluster, observe->request.source);

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

static void start_list(struct observe *observe, const struct kind *kind);

/* What an inventory holds is to be seen, whether Git still wants it or not. */
static void list_what_was_made(struct observe *observe)
{
	const struct observation *observation = observe->observation;

	for (size_t i = 0; i < observation->inventory_count; i++)
		for (size_t j = 0; j < observation->inventories[i]->count; j++) {
			const struct kind *kind = observation->inventories[i]->entries[j].kind;

			if (!observation->kinds.has[kind_index(kind)])
				start_list(observe, kind);
		}
}

/* That a lab cannot have what few labs have is told on that lab. */
static bool is_told_elsewhere(struct observe_list *list, long status, const struct error *err)
{
	struct live_set *live = list->observe->observation->live;

	if (status == 404 && list->kind->provider) {
		live_set_mark_unserved(live, list->kind);
		return true;
	}
	if (status == 403 && list->kind->is_occasional) {
		cleanup(free) char *why = string_format("cannot list %s: %s", list->kind->plural, err->message);

		live_set_mark_hidden(live, list->kind, why);
		return true;
	}
	return false;
}

static void on_listed(void *data, const struct client_response *response, const struct error *err)
{
	struct observe_list *list = data;
	struct observe *observe = list->observe;

	if (err && !is_told_elsewhere(list, response->status, err) && observe->error.code == ERROR_NONE) {
		error_copy(&observe->error, err);
		error_wrap(&observe->error, "cannot list %s", list->kind->plural);
	}
	if (err == NULL && kind_is_config_map(list->kind))
		list_what_was_made(observe);
	if (--observe->in_flight > 0)
		return;
	observe->callback(observe->data, observe->error.code == ERROR_NONE ? NULL : &observe->error);
	error_deinit(&observe->error);
	free(observe);
}

static void start_list(struct observe *observe, const struct kind *kind)
{
	static const struct client_list_handlers handlers = { .on_item = on_item,
							      .on_restart = on_restart,
							      .callback = on_listed };
	struct observe_list *list = &observe->lists[kind_index(kind)];
	cleanup(free) char *collection = kind_path_new(kind, NULL, NULL);
	/* Only "/" and "=" of the selector need an escape: a source's name is a DNS label. */
	cleanup(free) char *path =
		string_format("%s?labelSelector=labsync.dev%%2Fsource%%3D%s", collection, observe->request.source);

	*list = (struct observe_list){ .observe = observe, .kind = kind };
	observe->observation->kinds.has[kind_index(kind)] = true;
	observe->in_flight++;
	client_list(observe->client, path, &handlers, list);
}

void observe_start(struct client *client, const struct observe_request *request, struct observation *observation,
		   observe_callback *callback, void *data)
{
	struct observe *observe = memory_new(sizeof(*observe));

	*observe = (struct observe){
		.client = client, .request = *request, .observation = observation, .callback = callback, .data = data
	};
	if (observation->live == NULL)
		observation->live = live_set_new();
	for (size_t i = 0; i < KIND_COUNT; i++)
		if (is_covered(request, kind_at(i)))
			start_list(observe, kind_at(i));
}
