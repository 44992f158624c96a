/* Files to documents: what each of them is, and which could not be read. */
#pragma once

#include "render/lab/config.h"
#include "render/lab/defaults.h"
#include "render/lab/document.h"
#include "render/lab/referred.h"

/* A document whose kind is known. */
struct source_document {
	enum document_kind kind;
	const struct lab_file *file;
	const char *path; /* in the arena */
	const struct yaml_node *root;
};

/* A file of which nothing is a document of labsync's. Maybe a lab refers to it; until that is known, what is wrong
 * with it is kept here. */
struct doubtful_file {
	const char *path;
	struct diagnostics diagnostics;
	bool may_be_config, may_be_defaults;
};

struct source {
	struct arena *arena;
	struct diagnostics *diagnostics;
	struct source_document *documents;
	size_t count, capacity;
	struct doubtful_file *doubtful;
	size_t doubtful_count, doubtful_capacity;
	bool complete; /* but for the doubtful files */
	const char *lost_config; /* a file that may have held the KNLConfig; NULL: none */
	struct defaults defaults; /* noted, not read */
};

void source_deinit(struct source *source);
static inline void source_cleanup(struct source *source)
{
	source_deinit(source);
}

void source_add_file(struct source *source, const struct lab_file *file);

/* Drops the doubtful files that labs refer to, and tells what is wrong with the others. `referred` may be NULL. */
void source_settle(struct source *source, const struct referred_files *referred);
