/* A repository's files, as labs are read from them. What holds for many labs
 * (KNLConfig, Defaults) is read once and kept; the labs themselves can be gone
 * through again and again, and need not be kept. */
#pragma once

#include "base/timezone.h"
#include "render/lab/config.h"
#include "render/lab/read.h"
#include "render/lab/referred.h"
#include "render/lab/source.h"

enum { LABS_MAX = 10000 };

struct lab_tree {
	struct arena *arena; /* for what is kept */
	struct lab_options options; /* with the lookup that notes what labs refer to */
	struct referred_files referred;
	struct source source;
	struct lab_config config;
	struct time_zones zones;
	size_t translated; /* labs that documents of dialects became */
	struct arena file_scratch; /* for one file's documents, when they are not kept */
};

/* Looks through the files, and reads KNLConfig and Defaults. `files`, `options`, `arena` and `diagnostics` are borrowed
 * until lab_tree_close(). */
void lab_tree_open(struct lab_tree *tree, struct arena *arena, const struct lab_file *files, size_t count,
		   const struct lab_options *options, struct diagnostics *diagnostics);
void lab_tree_close(struct lab_tree *tree);
static inline void lab_tree_cleanup(struct lab_tree *tree)
{
	lab_tree_close(tree);
}

/* Reads the labs of one file, and hands them to context->take. First those that are written as labs; once this was done
 * with all files, and lab_tree_settle_files() was called, what documents of dialects in it become. */
typedef void lab_tree_reader(struct lab_tree *tree, const struct source_file *file,
			     struct lab_reading_context *context, struct diagnostics *diagnostics);
void lab_tree_read_file(struct lab_tree *tree, const struct source_file *file, struct lab_reading_context *context,
			struct diagnostics *diagnostics);
void lab_tree_read_dialects(struct lab_tree *tree, const struct source_file *file,
			    struct lab_reading_context *context, struct diagnostics *diagnostics);

/* Now that it is known which files labs refer to: those are for their guests, whatever is in them. */
void lab_tree_settle_files(struct lab_tree *tree);

/* False when a Mapping or the like could not be read without errors: what documents mean is not known then. */
bool lab_tree_has_facts(const struct lab_tree *tree);

/* Once all labs were read: tells of files that are none of labsync's, and why labs are held. Returns whether every
 * document of every file was understood. */
bool lab_tree_settle(struct lab_tree *tree, size_t labs, struct diagnostics *diagnostics);
