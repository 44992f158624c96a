/* All dialects that labsync reads. */
#pragma once

#include "render/dialects/dialect.h"

/* Ends with NULL. */
extern const struct dialect *const dialects[];

/* NULL when there is none of that name. */
const struct dialect *dialect_find(const char *name);

/* What a document is by its apiVersion ("" or NULL: it has none) and kind. False when no dialect knows the version; true with
 * *kind NULL when one does, but not that kind. */
bool dialect_of(const char *version, const char *kind_name, const struct dialect **dialect,
		const struct dialect_kind **kind);

/* Versions of the same group as `version`, with ", " between, for who wrote one that no dialect knows; NULL: no dialect has the
 * group. */
const char *dialect_versions_beside(struct arena *arena, const char *version);

/* Tells that a document is of another version of a dialect's group, and which ones are read. False when it is of none. */
bool dialect_refuse_version(struct reader *reader, const struct yaml_node *root);

/* The document with its name, metadata and spec. Told and false when it has no name. `place` is borrowed by the fact. */
bool dialect_document_open(struct reader *reader, const struct dialect *dialect, const struct dialect_kind *kind,
			   const struct yaml_node *root, struct fact *fact);

/* Tells that `root` is of a kind that the dialect does not read, and what to do. */
void dialect_refuse_kind(struct reader *reader, const struct dialect *dialect, const struct yaml_node *root);
