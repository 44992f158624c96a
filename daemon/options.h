/* The flags that run, sync and status share. */
#pragma once

#include <stdbool.h>

#include "daemon/settings.h"

struct options {
	const char *config, *kubeconfig, *context, *source, *output, *lab; /* NULL when not given */
	char *const *arguments; /* what is no flag; ends with NULL */
	bool dry_run, allow_prune;
};

struct command_words {
	const char *flags; /* the ones that the command takes: "config kubeconfig context" */
	const char *usage; /* what --help says */
	bool takes_arguments; /* beside flags */
};

enum exit_code {
	EXIT_DONE = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
	EXIT_FOUND = 3 /* nothing failed, and there is something to look at */
};

/* False when the command is over, with *code as the exit code: --help was
 * answered, or what is wrong was said on stderr. `argv[0]` is the command's name. */
bool options_parse(int argc, char **argv, const struct command_words *words, struct options *options, int *code);

/* The same for commands that cannot do without --config. */
bool options_parse_with_config(int argc, char **argv, const struct command_words *words, struct options *options,
			       int *code);

/* Loads the configuration of --config, prints what is wrong with it, lets the
 * command line win over it, and sets the log up. False when it cannot be used. */
bool options_load_settings(const struct options *options, struct daemon_settings *settings);

/* "labsync: error: ..." on stderr: of what labsync does. */
void failure_print(const struct error *err);

/* "path: error: ..." on one line of stderr, whatever bytes are in it: of what a person named. */
void error_print(const struct error *err);
