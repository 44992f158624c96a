/* libcurl's multi interface driven by a libuv loop: its sockets become uv_poll
 * handles, its timer a uv_timer. Knows nothing of what is transferred. */
#pragma once

#include <curl/curl.h>
#include <uv.h>

struct multi;

/* Called on the loop, never from within multi_add() or multi_remove(), after the handle was removed. */
typedef void multi_callback(CURL *easy, CURLcode code);

struct multi *multi_new(uv_loop_t *loop, multi_callback *on_done);
/* All handles are done or removed before. Closes the connections that are kept. */
void multi_close(struct multi *multi, void (*closed)(void *data), void *data);

void multi_add(struct multi *multi, CURL *easy);
void multi_remove(struct multi *multi, CURL *easy);
