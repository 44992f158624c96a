#include "sync/live_set.h"

#include <uthash.h>

#include "base/memory.h"
#include "sync/identity.h"

struct live_entry {
	char *key; /* "namespace/name" */
	json_t *object;
	UT_hash_handle hh;
};

struct live_set {
	struct live_entry *kinds[KIND_COUNT];
	bool unserved[KIND_COUNT];
	char *hidden[KIND_COUNT]; /* why; NULL: it is not */
};

struct live_set *live_set_new(void)
{
	return memory_new(sizeof(struct live_set));
}

static void drop(struct live_entry **entries, struct live_entry *entry)
{
	HASH_DEL(*entries, entry);
	json_decref(entry->object);
	free(entry->key);
	free(entry);
}

void live_set_clear_kind(struct live_set *set, const struct kind *kind)
{
	struct live_entry **entries = &set->kinds[kind_index(kind)], *entry, *next;

	HASH_ITER (hh, *entries, entry, next)
		drop(entries, entry);
}

void live_set_mark_unserved(struct live_set *set, const struct kind *kind)
{
	set->unserved[kind_index(kind)] = true;
}

bool live_set_is_served(const struct live_set *set, const struct kind *kind)
{
	return !set->unserved[kind_index(kind)];
}

void live_set_mark_hidden(struct live_set *set, const struct kind *kind, const char *why)
{
	char **hidden = &set->hidden[kind_index(kind)];

	free(*hidden);
	*hidden = string_copy(why);
}

const char *live_set_why_hidden(const struct live_set *set, const struct kind *kind)
{
	return set->hidden[kind_index(kind)];
}

void live_set_each(const struct live_set *set, void (*each)(void *data, const struct kind *kind, json_t *object),
		   void *data)
{
	struct live_entry *entry, *next;

	for (size_t i = 0; i < KIND_COUNT; i++)
		HASH_ITER (hh, set->kinds[i], entry, next)
			each(data, kind_at(i), entry->object);
}

void live_set_take_kind(struct live_set *set, struct live_set *from, const struct kind *kind)
{
	live_set_clear_kind(set, kind);
	set->kinds[kind_index(kind)] = steal(&from->kinds[kind_index(kind)]);
}

void live_set_free(struct live_set *set)
{
	if (set == NULL)
		return;
	for (size_t i = 0; i < KIND_COUNT; i++) {
		live_set_clear_kind(set, kind_at(i));
		free(set->hidden[i]);
	}
	free(set);
}

static struct live_entry *find(const struct live_set *set, const struct kind *kind, const char *namespace_name,
			       const char *name)
{
	cleanup(free) char *key = string_format("%s/%s", namespace_name, name);
	struct live_entry *entry = NULL;

	HASH_FIND_STR(set->kinds[kind_index(kind)], key, entry);
	return entry;
}

json_t *live_set_find(const struct live_set *set, const struct kind *kind, const char *namespace_name,
		      const char *name)
{
	struct live_entry *entry = find(set, kind, namespace_name, name);

	return entry ? entry->object : NULL;
}

void live_set_remove(struct live_set *set, const struct kind *kind, const char *namespace_name, const char *name)
{
	struct live_entry *entry = find(set, kind, namespace_name, name);

	if (entry)
		drop(&set->kinds[kind_index(kind)], entry);
}

void live_set_put(struct live_set *set, const struct kind *kind, json_t *object)
{
	struct live_entry **entries = &set->kinds[kind_index(kind)];
	struct live_entry *entry = find(set, kind, object_namespace(object), object_name(object));

	if (entry) {
		json_incref(object);
		json_decref(entry->object);
		entry->object = object;
		return;
	}
	entry = memory_new(sizeof(*entry));
	entry->key = string_format("%s/%s", object_namespace(object), object_name(object));
	entry->object = json_incref(object);
	HASH_ADD_KEYPTR(hh, *entries, entry->key, strlen(entry->key), entry);
}
