/* What `convert` and `new` have in common: options, then one word; and a lab
 * that is written to standard output or a new file, and checked. */
#pragma once

#include <stdbool.h>

#include "base/buffer.h"
#include "daemon/options.h"

struct lab_writing_command {
	const char *usage; /* what --help says */
	const char *missing; /* what is said when the word is not there */
	bool converts; /* takes --from and --to */
};

struct lab_writing {
	const char *namespace_name, *output; /* NULL when not given */
	const char *from, *to; /* formats; NULL when not given */
	char *word;
	const char *beside; /* the file that the lab is made from, whose folder it will lie in unless `output` says */
};

/* False when the command is over, with *code as the exit code: --help was
 * answered, or what is wrong was said. `argv[0]` is the command's name. */
bool lab_writing_parse(struct lab_writing *writing, const struct lab_writing_command *command, int argc, char **argv,
		       int *code);

/* Reads the text as every other command would, with the files that it refers to, and prints what is wrong with it, on
 * stderr. False when it is no lab. */
bool lab_writing_check(const struct lab_writing *writing, const struct buffer *text);

/* To standard output, or to a new file: one that is there is never written over. False after saying why not. */
bool lab_writing_save(const struct lab_writing *writing, const struct buffer *text);
