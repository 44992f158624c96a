/* The configuration: one YAML file, read whole or refused whole, with the
 * position of what is wrong. packaging/labsync.yaml explains each key. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostic.h"
#include "base/log.h"
#include "sync/git/remote.h"

struct source_settings {
	char *name;
	struct remote_settings remote; /* its directory and timeout are filled in from the cache and the timeouts */
	char *path; /* in the repository; NULL: all of it */
	char *namespace_name; /* for labs that name none */
	uint64_t interval_ms, resync_ms;
};

struct daemon_settings {
	char *cluster_name;
	char *kubeconfig, *context; /* NULL: kubectl's rules */
	struct source_settings *sources;
	size_t source_count, source_capacity;
	bool notes, push_notes;
	bool prune;
	uint64_t guard_percent, guard_labs;
	char *cache;
	char *log_level_name, *log_format_name;
	enum log_level log_level;
	enum log_format log_format;
	uint64_t ready_timeout_ms, fetch_timeout_ms;
};

void settings_deinit(struct daemon_settings *settings);
static inline void settings_cleanup(struct daemon_settings *settings)
{
	settings_deinit(settings);
}

/* Reads the text of a configuration. False when anything in it is wrong; `diagnostics` says what. */
bool settings_parse(const char *path, const char *text, size_t length, struct daemon_settings *settings,
		    struct diagnostics *diagnostics);
/* Reads the file. */
bool settings_load(const char *path, struct daemon_settings *settings, struct diagnostics *diagnostics);

/* "refs/notes/labsync/<cluster>". The caller frees. */
char *settings_notes_reference_new(const struct daemon_settings *settings);
