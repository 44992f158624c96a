/* What documents of dialects say to each other across the files of a repository:
 * classes, images, disks, attachments. They are noted while all files are looked
 * through, before anything is translated. */
#pragma once

#include "render/lab/reader.h"

struct dialect;
struct dialect_kind;
struct lab_file;
struct mapping;

/* One document. */
struct fact {
	const struct dialect *dialect;
	const struct dialect_kind *kind;
	const char *version; /* its apiVersion */
	const char *namespace_name; /* where it holds; NULL for kinds of the cluster */
	const char *name;
	struct place place; /* of the document */
	const struct lab_file *file;
	const struct yaml_node *root; /* NULL when it is only known to be there */
	const struct yaml_node *metadata, *spec; /* mappings, from root; NULL when missing */
};

/* What one says. */
struct fact_saying {
	size_t fact; /* among facts.items */
	const char *name;
};

/* All of a repository. Their documents are in the arena that they were given with. */
struct facts {
	struct arena *arena;
	struct fact *items; /* by dialect, kind, namespace, name, once they are settled */
	size_t count, capacity;
	struct fact_saying *sayings; /* by dialect, kind, name said, and then by fact */
	size_t saying_count, saying_capacity;
	const struct mapping *mapping; /* NULL: there is no Mapping */
};

void facts_deinit(struct facts *facts);

/* Notes a document. Its namespace is not known before facts_settle(). */
void facts_add(struct facts *facts, const struct fact *fact);

/* Drops those that are unwanted. */
void facts_remove(struct facts *facts, bool (*is_unwanted)(void *context, const struct fact *fact), void *context);

/* Orders them. `namespace_of` gives the namespace of those that name none, by the file that they stand in. */
void facts_settle(struct facts *facts, const char *(*namespace_of)(void *context, const struct fact *fact),
		  void *context);

/* For dialect_kind.say_names. `name` may be NULL, or of any kind: only texts are noted. */
void facts_note_saying(struct facts *facts, const struct fact *fact, const struct yaml_node *name);

/* Whether it says any. */
bool fact_says_names(const struct fact *fact);

/* NULL when there is none. `namespace_name` is NULL for kinds of the cluster. */
const struct fact *facts_find(const struct facts *facts, const char *dialect, const char *kind,
			      const char *namespace_name, const char *name);

/* Those of one kind that say `name` (dialect_kind.say_names), of a namespace or, for NULL, of all, by their own namespace and
 * name: the first for *at 0, then those after it. NULL when there are no more. */
const struct fact *facts_next_saying(const struct facts *facts, const char *dialect, const char *kind,
				     const char *namespace_name, const char *name, size_t *at);

/* Reads `mapping`, which stands in `fact`, into a new struct of type->size. What is wrong in it is told where it stands, by
 * whoever reads that file, and not again here: NULL then. */
const void *fact_read(const struct reader *reader, const struct fact *fact, const struct yaml_node *mapping,
		      const struct value_type *type);
