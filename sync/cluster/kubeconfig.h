/* What kubeconfig files say, merged as kubectl merges them: the first file that
 * names a cluster, user or context defines it, and the first current-context
 * counts. Nothing is resolved here; connection_load() does that.
 *
 * Entries are borrowed from the kubeconfig's arena. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "render/yaml/yaml.h"

enum kubeconfig_kind { KUBECONFIG_CLUSTER, KUBECONFIG_USER, KUBECONFIG_CONTEXT, KUBECONFIG_KINDS };

struct kubeconfig_entry {
	const char *name;
	const char *path; /* of the file that it stands in */
	const struct yaml_node *node; /* the mapping under "cluster", "user" or "context" */
};

struct kubeconfig_entries {
	struct kubeconfig_entry *items;
	size_t count, capacity;
};

struct kubeconfig {
	struct arena arena;
	struct kubeconfig_entries entries[KUBECONFIG_KINDS];
	const char *current_context; /* NULL: none */
	const char *current_context_path;
	const struct yaml_node *current_context_node;
	size_t files; /* that were read */
};

#define KUBECONFIG_INIT                                                                                              \
	{                                                                                                            \
		.files = 0                                                                                           \
	}

void kubeconfig_deinit(struct kubeconfig *config);
static inline void kubeconfig_cleanup(struct kubeconfig *config)
{
	kubeconfig_deinit(config);
}

/* Adds one file to what was read before. A missing file is ERROR_NOT_FOUND. */
bool kubeconfig_read(struct kubeconfig *config, const char *path, struct error *err);
/* The same with the text at hand. */
bool kubeconfig_add(struct kubeconfig *config, const char *path, const char *text, size_t length, struct error *err);

/* NULL when there is none of that name. */
const struct kubeconfig_entry *kubeconfig_find(const struct kubeconfig *config, enum kubeconfig_kind kind,
					       const char *name);
/* "lab, production" or "none", for messages. The caller frees. */
char *kubeconfig_names_new(const struct kubeconfig *config, enum kubeconfig_kind kind);
const char *kubeconfig_kind_name(enum kubeconfig_kind kind);

/* The text under `key`, borrowed; `*text` is NULL when it is missing, null or "". Numbers and booleans are
 * taken as they are written, as kubectl does. False when it is a list or a mapping. */
bool kubeconfig_text(const struct kubeconfig_entry *entry, const struct yaml_node *mapping, const char *key,
		     const char **text, struct error *err);
bool kubeconfig_boolean(const struct kubeconfig_entry *entry, const char *key, bool *value, struct error *err);

/* An error at the place of `key` in the entry, or of the entry when it has none. Returns false. */
bool kubeconfig_error(const struct kubeconfig_entry *entry, const char *key, struct error *err, const char *format,
		      ...) __attribute__((format(printf, 4, 5)));
