/* The documents of dialects in a file, read as Labs: one for each namespace. */
#pragma once

#include "render/lab/lab_tree.h"

/* Hands the labs to context->take, as lab_tree_read_file() does. `arena` is for the documents. */
void translated_read(struct lab_tree *tree, struct arena *arena, const struct source_file *file,
		     struct source_documents documents, struct lab_reading_context *context,
		     struct diagnostics *diagnostics);

/* Hands each Lab to `take` as a value, before it is read. */
typedef void translated_take(void *data, struct reader *reader, const struct yaml_node *lab);
void translated_each(struct lab_tree *tree, struct arena *arena, const struct source_file *file,
		     struct source_documents documents, struct diagnostics *diagnostics, translated_take *take,
		     void *data);

/* The namespace of documents in `path` that name none. */
const char *translated_namespace(struct lab_tree *tree, struct arena *arena, const char *path);
