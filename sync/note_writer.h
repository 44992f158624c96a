/* Writes notes one after the other: first locally, on the thread pool, then
 * to the remote, in the child. A newer text for the same commit replaces one
 * that has not been written yet. */
#pragma once

#include <stdbool.h>
#include <uv.h>

#include "sync/git/remote.h"

struct note_writer;

struct note_writer_settings {
	uv_loop_t *loop;
	const struct remote_settings *remote; /* outlives the writer */
	const char *reference; /* "refs/notes/labsync/lab-a"; copied */
	bool push;
	/* Called whenever there is nothing left to do; `err` is the last attempt's error, or NULL. */
	void (*on_idle)(void *data, const struct error *err);
	void *data;
};

struct note_writer *note_writer_new(const struct note_writer_settings *settings);
/* Only when idle. */
void note_writer_free(struct note_writer *writer);

void note_writer_put(struct note_writer *writer, const char *commit, const char *text);
/* Pushes again what could not be pushed before. */
void note_writer_retry(struct note_writer *writer);
bool note_writer_is_idle(const struct note_writer *writer);
/* Drops what waits and ends a push under way; on_idle follows unless the writer is idle already. */
void note_writer_stop(struct note_writer *writer);
