/* A client and a canned server on one loop, and what came back last. */
#pragma once

#include <jansson.h>

#include "sync/cluster/client.h"
#include "tests/unit/cluster/canned_server.h"

#define ANSWER(status, headers, length, body)                                                                        \
	"HTTP/1.1 " status "\r\n" headers "Content-Type: application/json\r\nContent-Length: " length "\r\n\r"       \
	"\n" body
#define GOOD ANSWER("200 OK", "", "8", "{\"a\":42}")
#define BROKEN ANSWER("500 Internal Server Error", "", "0", "")
#define UNAUTHORIZED ANSWER("401 Unauthorized", "", "0", "")

struct scene {
	uv_loop_t loop;
	struct canned_server server;
	struct client *client;
	unsigned calls; /* of the callback */
	long status;
	json_int_t number; /* "a" of the body */
	struct error err;
	bool closed;
};

/* Completes `connection` with the server's address. */
void scene_start(struct scene *scene, const char *const *answers, size_t count, struct connection *connection,
		 const struct client_settings *settings);
/* Closes everything, and asserts that nothing is left on the loop. */
void scene_end(struct scene *scene);

void scene_on_answer(void *data, const struct client_response *response,
		     const struct error *err); /* client_callback */
void scene_on_closed(void *data);

/* Sends, and asserts that no callback has come yet. */
void scene_ask(struct scene *scene, enum client_method method, const char *path);
void scene_wait(struct scene *scene, unsigned calls);
