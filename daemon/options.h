/* The flags that run, sync and status share. */
#pragma once

#include <stdbool.h>

#include "daemon/settings.h"

struct options {
	const char *config, *kubeconfig, *context, *source, *output; /* NULL when not given */
	bool dry_run, allow_prune;
};

enum options_result { OPTIONS_OK, OPTIONS_HELP, OPTIONS_WRONG };

/* `flags` names the ones that the command takes, e.g. "config kubeconfig context". What is wrong goes to stderr. */
enum options_result options_parse(int argc, char **argv, const char *flags, struct options *options);

/* Loads the configuration of --config, prints what is wrong with it, lets the
 * command line win over it, and sets the log up. False when it cannot be used. */
bool options_load_settings(const struct options *options, struct settings *settings);
