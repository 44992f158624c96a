/* What the cluster holds of one source: the answers of the LISTs, by kind,
 * namespace and name. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "sync/kinds.h"

struct live_set;

struct live_set *live_set_new(void);
void live_set_free(struct live_set *set);

/* Keeps a reference to `object`; replaces one of the same name. */
void live_set_put(struct live_set *set, const struct kind *kind, json_t *object);
void live_set_remove(struct live_set *set, const struct kind *kind, const char *namespace_name, const char *name);
/* Borrowed; NULL when it is not there. */
json_t *live_set_find(const struct live_set *set, const struct kind *kind, const char *namespace_name,
		      const char *name);
/* Calls `each` for every object; borrowed. */
void live_set_each(const struct live_set *set, void (*each)(void *data, const struct kind *kind, json_t *object),
		   void *data);
/* Replaces what `set` holds of a kind by what `from` holds of it. */
void live_set_take_kind(struct live_set *set, struct live_set *from, const struct kind *kind);
/* The cluster does not serve the kind at all. Until told so, each is taken to be served. */
void live_set_mark_unserved(struct live_set *set, const struct kind *kind);
bool live_set_is_served(const struct live_set *set, const struct kind *kind);
/* What there is of the kind may not be seen; `why` is copied. */
void live_set_mark_hidden(struct live_set *set, const struct kind *kind, const char *why);
/* Borrowed; NULL when the kind may be seen. */
const char *live_set_why_hidden(const struct live_set *set, const struct kind *kind);
/* Forgets all objects of a kind. */
void live_set_clear_kind(struct live_set *set, const struct kind *kind);
