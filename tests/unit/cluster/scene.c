#include "tests/unit/cluster/scene.h"

#include <check.h>

#include "base/json.h"

void scene_on_answer(void *data, const struct client_response *response, const struct error *err)
{
	struct scene *scene = data;

	scene->calls++;
	scene->status = response->status;
	scene->number = json_integer_value(json_object_get(response->body, "a"));
	if (err)
		error_copy(&scene->err, err);
}

void scene_start(struct scene *scene, const char *const *answers, size_t count, struct connection *connection,
		 const struct client_settings *settings)
{
	*scene = (struct scene){ .calls = 0 };
	uv_loop_init(&scene->loop);
	canned_server_start(&scene->server, &scene->loop, answers, count);
	connection->server = string_copy(scene->server.url);
	connection->user = string_copy("lab");
	scene->client = client_new(&scene->loop, connection, settings, &scene->err);
	ck_assert_ptr_nonnull(scene->client);
	ck_assert_ptr_null(connection->server);
}

void scene_on_closed(void *data)
{
	struct scene *scene = data;

	scene->closed = true;
}

void scene_end(struct scene *scene)
{
	client_close(scene->client, scene_on_closed, scene);
	canned_server_stop(&scene->server);
	uv_run(&scene->loop, UV_RUN_DEFAULT);
	ck_assert(scene->closed);
	ck_assert_int_eq(uv_loop_close(&scene->loop), 0);
	canned_server_deinit(&scene->server);
	error_deinit(&scene->err);
}

void scene_ask(struct scene *scene, enum client_method method, const char *path)
{
	cleanup(json) json_t *body = method == CLIENT_GET ? NULL : json_pack("{s:i}", "b", 1);
	struct client_request request = { .method = method, .path = path, .body = body };
	unsigned before = scene->calls;

	client_send(scene->client, &request, scene_on_answer, scene);
	ck_assert_uint_eq(scene->calls, before);
}

void scene_wait(struct scene *scene, unsigned calls)
{
	while (scene->calls < calls && uv_run(&scene->loop, UV_RUN_ONCE))
		;
	ck_assert_uint_eq(scene->calls, calls);
}
