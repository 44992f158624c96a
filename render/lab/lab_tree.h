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

/* Reads the labs of one file, and hands them to context->take. */
void lab_tree_read_file(struct lab_tree *tree, const struct source_file *file, struct lab_reading_context *context,
			struct diagnostics *diagnostics);

/* Once all labs were read: tells of files that are none of labsync's, and why labs are held. Returns whether every
 * document of every file was understood. */
bool lab_tree_settle(struct lab_tree *tree, size_t labs, struct diagnostics *diagnostics);
