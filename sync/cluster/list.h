/* The paging of a LIST: which page to ask for next, and handing out what came.
 * No network: client_list() asks for the pages one after the other. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "sync/cluster/client.h"

enum { LIST_PAGE_SIZE = 500, LIST_CONTINUE_MAX = 64 * 1024, LIST_RESTARTS_MAX = 3 };

struct list {
	struct client_list_handlers handlers;
	void *data;
	char *path; /* as it was asked for */
	char *continue_token; /* NULL: the first page is next */
	unsigned restarts;
	bool stopped; /* hand out nothing more */
};

struct list *list_new(const char *path, const struct client_list_handlers *handlers, void *data);
void list_free(struct list *list); /* NULL is fine */

/* The path of the page to ask for. The caller frees. */
char *list_path_new(const struct list *list);

enum list_step {
	LIST_MORE, /* another page follows */
	LIST_WHOLE,
	LIST_BROKEN, /* `err` is filled */
	LIST_STOPPED /* by list_stop(), from within a handler */
};
enum list_step list_take(struct list *list, const json_t *page, struct error *err);

/* The server has forgotten where we were (410). False when that does not help: it was the first page, or it
 * happens again and again. */
bool list_restart(struct list *list);
void list_stop(struct list *list);
