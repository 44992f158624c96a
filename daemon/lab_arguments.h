/* What `render`, `validate` and `graph` have in common: options, then files and
 * folders with labs; and what is wrong with those, on stderr. */
#pragma once

#include <stdbool.h>

#include "daemon/files.h"
#include "daemon/options.h"
#include "render/render.h"

enum { LAB_FLAGS_MAX = 8 };

enum lab_output { LAB_OUTPUT_FIRST, LAB_OUTPUT_JSON };

/* A flag of one command alone. */
struct lab_flag {
	const char *name; /* NULL ends the list */
	int value; /* as getopt knows it: no_argument, required_argument, optional_argument */
	/* `value` is NULL when there is none. False after it said what is wrong, "error: ..." on stderr. */
	bool (*take)(void *context, const char *value);
};

struct lab_command {
	const char *usage; /* what --help says */
	const char *first_output; /* what --output may be beside "json"; the default; NULL: there is no --output */
	const char *const *formats; /* the same for --format, the default first; ends with NULL */
	const struct lab_flag *flags; /* at most LAB_FLAGS_MAX; NULL: none */
	void *context; /* theirs */
	bool in_folder; /* without a path, the folder one is in is meant; a flag may still say so */
};

struct lab_arguments {
	enum lab_output output;
	size_t format; /* which of the command's formats */
	const char *namespace_name; /* for labs that name none */
	char *const *paths; /* ends with NULL */
};

/* Says where the usage is told, for a wrong one. Returns false, with EXIT_USAGE in *code. */
bool lab_usage_refuse(const char *usage, const char *name, int *code);
/* Takes the value of --namespace; false when it is no DNS label, with a message on stderr. */
bool lab_namespace_parse(const char **namespace_name, const char *value);

/* False when the command is over, with *code as the exit code: --help was
 * answered, or what is wrong was said. `argv[0]` is the command's name. */
bool lab_arguments_parse(struct lab_arguments *arguments, const struct lab_command *command, int argc, char **argv,
			 int *code);

/* Reads the files. False when one cannot be read, with a message on stderr. */
bool lab_arguments_read(const struct lab_arguments *arguments, struct files *files);

/* Reads the files and hands each rendered lab to `visit`; what is wrong with them is in `diagnostics` then. False when a
 * file cannot be read, with a message on stderr. */
bool lab_arguments_render(const struct lab_arguments *arguments,
			  void (*visit)(void *context, struct rendered_lab *lab), void *context,
			  struct diagnostics *diagnostics);

/* The exit code, once all is printed: `written` tells whether stdout took it. */
int lab_arguments_end(const struct diagnostics *diagnostics, bool written);

void diagnostics_print(const struct diagnostics *diagnostics); /* a line each, on stderr */
