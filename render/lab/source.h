/* Files to documents: what each of them is, and which could not be read. */
#pragma once

#include "render/dialects/facts.h"
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
	const struct fact *fact; /* of a DOCUMENT_OF_DIALECT; NULL otherwise */
};

/* A file of which nothing is a document of labsync's own. Maybe a lab refers to it; until that is known, what is wrong
 * with it is kept here. */
struct doubtful_file {
	const char *path;
	struct diagnostics diagnostics;
	size_t own, of_dialects; /* documents that labsync reads */
	bool may_be_config, may_be_defaults, may_alter_others;
};

struct source_file {
	const struct lab_file *file;
	const char *path; /* in the arena */
	/* It holds what other files rely on, or is broken: its documents are among the source's for good. Others are opened,
	 * read and closed again. */
	bool kept;
	size_t first, count; /* those documents */
	bool has_labs, has_dialects; /* whether there is anything to read in it, of either */
	bool is_broken; /* a document in it was not understood, and may belong to the others */
	bool is_referred; /* a lab refers to it: what it has of dialects is for a guest, and not for the cluster */
};

struct source {
	struct arena *arena;
	struct source_file *files;
	size_t file_count, file_capacity;
	struct source_document *documents;
	size_t count, capacity;
	struct doubtful_file *doubtful;
	size_t doubtful_count, doubtful_capacity;
	bool complete; /* but for the doubtful files */
	const char *lost_config; /* a file that may have held the KNLConfig; NULL: none */
	const char *lost_fact; /* the same of a Mapping, or of a document that alters others */
	struct defaults defaults; /* noted, not read */
	struct facts facts; /* of all documents of dialects */
};

void source_deinit(struct source *source);
static inline void source_cleanup(struct source *source)
{
	source_deinit(source);
}

/* Takes a file in. `file` stays. */
void source_add_file(struct source *source, const struct lab_file *file, struct diagnostics *diagnostics);

/* The documents of a file: all are labs or of dialects, unless the file is kept. They are in the arena, and in the source until the file
 * is closed. */
struct source_documents {
	size_t first, count;
};
struct source_documents source_open_file(struct source *source, struct arena *arena, const struct source_file *file,
					 struct diagnostics *diagnostics);
void source_close_file(struct source *source, const struct source_file *file, struct source_documents documents);

/* Drops the doubtful files that labs refer to, and tells what is wrong with the others. `referred` may be NULL. */
void source_settle(struct source *source, const struct referred_files *referred, struct diagnostics *diagnostics);
