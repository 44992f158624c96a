#include "sync/cluster/list.h"

#include <curl/curl.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"

struct list *list_new(const char *path, const struct client_list_handlers *handlers, void *data)
{
	struct list *list = memory_new(sizeof(*list));

	list->handlers = *handlers;
	list->data = data;
	list->path = string_copy(path);
	return list;
}

void list_free(struct list *list)
{
	if (list == NULL)
		return;
	free(list->path);
	free(list->continue_token);
	free(list);
}

char *list_path_new(const struct list *list)
{
	char separator = strchr(list->path, '?') ? '&' : '?';
	char *escaped, *path;

	if (list->continue_token == NULL)
		return string_format("%s%climit=%d", list->path, separator, LIST_PAGE_SIZE);
	escaped = curl_easy_escape(NULL, list->continue_token, (int)strlen(list->continue_token));
	path = string_format("%s%climit=%d&continue=%s", list->path, separator, LIST_PAGE_SIZE,
			     escaped ? escaped : "");
	curl_free(escaped);
	return path;
}

/* Takes the token for the page after this one. A server that gives the same again would have us ask for ever. */
static bool take_continue(struct list *list, const json_t *page, struct error *err)
{
	const char *token = json_text_at(page, "metadata", "continue", NULL);

	if (token && *token == '\0')
		token = NULL;
	if (token && (strlen(token) > LIST_CONTINUE_MAX || text_equal(token, list->continue_token)))
		return error_set(err, ERROR_INVALID, "LIST %s: the server's continue token leads nowhere",
				 list->path);
	free(list->continue_token);
	list->continue_token = string_copy(token);
	return true;
}

enum list_step list_take(struct list *list, const json_t *page, struct error *err)
{
	json_t *items = json_object_get(page, "items");
	size_t count = json_array_size(items);

	if (!json_is_array(items) && !(json_is_null(items) && json_object_get(page, "metadata"))) {
		error_set(err, ERROR_INVALID, "LIST %s: the server's answer is no list", list->path);
		return LIST_BROKEN;
	}
	for (size_t i = 0; i < count && !list->stopped; i++)
		list->handlers.on_item(list->data, json_array_get(items, i));
	if (list->stopped)
		return LIST_STOPPED;
	if (!take_continue(list, page, err))
		return LIST_BROKEN;
	return list->continue_token ? LIST_MORE : LIST_WHOLE;
}

bool list_restart(struct list *list)
{
	if (list->continue_token == NULL || list->restarts >= LIST_RESTARTS_MAX)
		return false;
	list->restarts++;
	free(steal(&list->continue_token));
	if (list->handlers.on_restart)
		list->handlers.on_restart(list->data);
	return true;
}

void list_stop(struct list *list)
{
	list->stopped = true;
}
