/* How a parent is written:
 *
 *   WRITING (POST, or PUT with resourceVersion) -> finish
 *      | 409                     | POST: 404, the namespace is missing
 *      v                         v
 *   READING -> WRITING        MAKING_NAMESPACE -> WRITING
 *
 *   DELETING -> finish
 */
#include "sync/inventory_write.h"

#include "base/json.h"
#include "sync/identity.h"

enum { CONFLICTS_MAX = 10 };

enum write_state { WRITE_WRITING, WRITE_READING, WRITE_MAKING_NAMESPACE, WRITE_DELETING };

struct inventory_operation {
	struct client *client;
	struct inventory *inventory;
	enum write_state state;
	unsigned conflicts;
	bool namespace_made;
	inventory_callback *callback;
	void *data;
};

static void on_answer(void *data, const struct client_response *response, const struct error *err);

static void finish(struct inventory_operation *operation, const struct error *err)
{
	cleanup(error) struct error copy = ERROR_INIT;

	if (err) {
		error_copy(&copy, err);
		error_wrap(&copy, "ConfigMap labsync-%s in namespace %s", operation->inventory->lab,
			   operation->inventory->namespace_name);
	}
	operation->callback(operation->data, err ? &copy : NULL);
	free(operation);
}

static void send_request(struct inventory_operation *operation, enum write_state state, enum client_method method,
			 const char *path, const json_t *body)
{
	const struct client_request request = { .method = method, .path = path, .body = body };

	operation->state = state;
	client_send(operation->client, &request, on_answer, operation);
}

static void send_write(struct inventory_operation *operation)
{
	struct inventory *inventory = operation->inventory;
	bool exists = inventory->live != NULL;
	cleanup(json) json_t *parent = inventory_build_parent(inventory);
	cleanup(free) char *path = exists ? inventory_path_new(inventory) : inventory_collection_path_new(inventory);
	cleanup(free) char *query = string_format("%s?fieldManager=labsync", path);

	if (exists)
		json_set_text(json_object_get(parent, "metadata"), "resourceVersion",
			      json_text_at(inventory->live, "metadata", "resourceVersion", NULL));
	send_request(operation, WRITE_WRITING, exists ? CLIENT_PUT : CLIENT_POST, query, parent);
}

static void send_read(struct inventory_operation *operation)
{
	cleanup(free) char *path = inventory_path_new(operation->inventory);

	send_request(operation, WRITE_READING, CLIENT_GET, path, NULL);
}

static void send_namespace(struct inventory_operation *operation)
{
	cleanup(json) json_t *body =
		json_pack("{s:s, s:s, s:{s:s, s:{s:s}}}", "apiVersion", "v1", "kind", "Namespace", "metadata", "name",
			  operation->inventory->namespace_name, "labels", LABEL_MANAGED_BY, "labsync");

	operation->namespace_made = true;
	send_request(operation, WRITE_MAKING_NAMESPACE, CLIENT_POST, "/api/v1/namespaces?fieldManager=labsync", body);
}

static void set_live(struct inventory *inventory, const json_t *live)
{
	json_incref((json_t *)live);
	json_decref(inventory->live);
	inventory->live = (json_t *)live;
}

static void on_written(struct inventory_operation *operation, const struct client_response *response,
		       const struct error *err)
{
	if (err == NULL) {
		set_live(operation->inventory, response->body);
		finish(operation, NULL);
	} else if (response->status == 404 && operation->inventory->live) {
		set_live(operation->inventory, NULL); /* someone deleted it: it is made again */
		send_write(operation);
	} else if (response->status == 404 && !operation->namespace_made) {
		send_namespace(operation);
	} else if (response->status == 409 && ++operation->conflicts <= CONFLICTS_MAX) {
		send_read(operation);
	} else {
		finish(operation, err);
	}
}

static void on_read(struct inventory_operation *operation, const struct client_response *response,
		    const struct error *err)
{
	struct inventory *inventory = operation->inventory;
	cleanup(inventory) struct inventory *there = NULL;

	if (err && response->status != 404) {
		finish(operation, err);
		return;
	}
	if (err == NULL) {
		there = inventory_new_from_parent((json_t *)response->body, inventory->cluster, inventory->source);
		if (there == NULL) {
			cleanup(error) struct error foreign = ERROR_INIT;

			error_set(&foreign, ERROR_CONFLICT,
				  "is already there and belongs to another source or to someone else; rename the lab "
				  "or delete the ConfigMap");
			finish(operation, &foreign);
			return;
		}
		/* Someone else wrote it: what they list may exist. A list that is too long is mended by the next pass. */
		for (size_t i = 0; i < there->count; i++)
			inventory_add(inventory, there->entries[i].kind, there->entries[i].name);
		ledger_merge(&inventory->operations, &there->operations);
	}
	set_live(inventory, err ? NULL : response->body);
	send_write(operation);
}

static void on_answer(void *data, const struct client_response *response, const struct error *err)
{
	struct inventory_operation *operation = data;

	switch (operation->state) {
	case WRITE_WRITING:
		on_written(operation, response, err);
		break;
	case WRITE_READING:
		on_read(operation, response, err);
		break;
	case WRITE_MAKING_NAMESPACE:
		if (err && response->status != 409)
			finish(operation, err);
		else
			send_write(operation);
		break;
	case WRITE_DELETING:
		finish(operation, response->status == 404 ? NULL : err);
		break;
	}
}

static struct inventory_operation *operation_new(struct client *client, struct inventory *inventory,
						 inventory_callback *callback, void *data)
{
	struct inventory_operation *operation = memory_new(sizeof(*operation));

	*operation = (struct inventory_operation){
		.client = client, .inventory = inventory, .callback = callback, .data = data
	};
	return operation;
}

void inventory_write(struct client *client, struct inventory *inventory, inventory_callback *callback, void *data)
{
	send_write(operation_new(client, inventory, callback, data));
}

void inventory_delete(struct client *client, struct inventory *inventory, inventory_callback *callback, void *data)
{
	cleanup(free) char *path = inventory_path_new(inventory);
	cleanup(json) json_t *options = object_deletion_build(inventory->live, NULL);

	send_request(operation_new(client, inventory, callback, data), WRITE_DELETING, CLIENT_DELETE, path, options);
}
