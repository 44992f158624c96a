/* Which commits are in the history of another: asked on the thread pool, since
 * a long history takes a while to walk. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

struct ancestry;

/* Called once, on the loop, never before ancestry_start() has returned. */
typedef void ancestry_callback(void *data);

/* `directory` is the local repository. Add what to ask about, then start; free after the callback. */
struct ancestry *ancestry_new(const char *directory, const char *head);
void ancestry_free(struct ancestry *ancestry);
void ancestry_add(struct ancestry *ancestry, const char *commit);
size_t ancestry_count(const struct ancestry *ancestry);
void ancestry_start(struct ancestry *ancestry, uv_loop_t *loop, ancestry_callback *callback, void *data);

/* The answer. A commit that was not asked about, or cannot be read, is in no history. */
bool ancestry_contains(const struct ancestry *ancestry, const char *commit);
