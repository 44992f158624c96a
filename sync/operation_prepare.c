/*   LOOKING    until the machine is there and at rest  <-> PAUSING
 *      v
 *   MEETING    which instance there is, where another one will tell that it is over
 *      v
 *   REACHING   does KubeVirt answer at all? What is not asked for cannot get lost
 *      v
 *   finish
 */
#include "sync/operation_prepare.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/time.h"
#include "sync/health.h"

enum { PAUSE_MIN_MS = 100, PAUSE_MAX_MS = 3000 };

enum prepare_state { PREPARE_LOOKING, PREPARE_MEETING, PREPARE_REACHING };

struct operation_prepare {
	struct operation_prepare_settings settings;
	const struct operation_run_of *of;
	enum prepare_state state;
	struct operation_preparation preparation;
	uint64_t give_up_at, pause_ms;
	uv_timer_t timer;
	operation_prepare_callback *callback;
	void *data;
};

void operation_preparation_deinit(struct operation_preparation *preparation)
{
	json_decref(preparation->machine);
	free(preparation->instance);
	free(preparation->message);
	*preparation = (struct operation_preparation){ .machine = NULL };
}

static void on_timer_closed(uv_handle_t *handle)
{
	free(handle->data);
}

static void finish(struct operation_prepare *prepare, enum operation_readiness readiness)
{
	prepare->preparation.readiness = readiness;
	prepare->callback(prepare->data, &prepare->preparation);
	operation_preparation_deinit(&prepare->preparation);
	uv_close((uv_handle_t *)&prepare->timer, on_timer_closed);
}

static void finish_not_now(struct operation_prepare *prepare, const char *until, const struct error *err)
{
	prepare->preparation.message = string_format("until %s: %s", until, err->message);
	finish(prepare, OPERATION_NOT_NOW);
}

static void on_answer(void *data, const struct client_response *response, const struct error *err);

static void send_get(struct operation_prepare *prepare, enum prepare_state state, const char *path)
{
	const struct client_request request = { .method = CLIENT_GET, .path = path };

	prepare->state = state;
	client_send(prepare->settings.client, &request, on_answer, prepare);
}

static void look(struct operation_prepare *prepare)
{
	cleanup(free) char *path = operation_machine_path_new(prepare->of);

	send_get(prepare, PREPARE_LOOKING, path);
}

static void on_pause_over(uv_timer_t *timer)
{
	struct operation_prepare *prepare = timer->data;

	if (*prepare->settings.stopping)
		finish(prepare, OPERATION_STOPPED);
	else
		look(prepare);
}

static void look_again(struct operation_prepare *prepare)
{
	prepare->pause_ms = prepare->pause_ms * 2 < PAUSE_MAX_MS ? prepare->pause_ms * 2 : PAUSE_MAX_MS;
	uv_timer_start(&prepare->timer, on_pause_over, *prepare->settings.stopping ? 0 : prepare->pause_ms, 0);
}

static bool is_time_over(const struct operation_prepare *prepare)
{
	return time_monotonic_ms() >= prepare->give_up_at;
}

/* The API of the subresources is KubeVirt's own; the server only passes requests on. */
static void reach(struct operation_prepare *prepare)
{
	if (operation_way(prepare->of->operation->type) == OPERATION_BY_SUBRESOURCE)
		send_get(prepare, PREPARE_REACHING, "/apis/subresources.kubevirt.io/v1");
	else
		finish(prepare, OPERATION_READY);
}

static void meet(struct operation_prepare *prepare)
{
	cleanup(free) char *path = operation_watch_path_new(prepare->of);

	if (operation_is_seen_on_instance(prepare->of->operation->type))
		send_get(prepare, PREPARE_MEETING, path);
	else
		reach(prepare);
}

static bool is_machine_coming(const struct operation_prepare *prepare)
{
	return !is_time_over(prepare) && desired_has_machine(prepare->settings.desired, prepare->of->namespace_name,
							     prepare->of->operation->machine);
}

static bool is_at_rest(const struct operation_prepare *prepare, const json_t *machine)
{
	cleanup(health) struct health health = HEALTH_INIT;

	if (!operation_waits_for_rest(prepare->of->operation->type) || is_time_over(prepare))
		return true;
	health_of_object(machine, &health);
	return health.state != HEALTH_PROGRESSING;
}

static void on_looked(struct operation_prepare *prepare, const struct client_response *response,
		      const struct error *err)
{
	if (err && response->status != 404) {
		finish_not_now(prepare, "its machine can be looked at", err);
	} else if (err && !is_machine_coming(prepare)) {
		finish(prepare, OPERATION_HAS_NO_MACHINE);
	} else if (err || !is_at_rest(prepare, response->body)) {
		look_again(prepare);
	} else {
		prepare->preparation.machine = json_incref((json_t *)response->body);
		meet(prepare);
	}
}

static void on_met(struct operation_prepare *prepare, const struct client_response *response, const struct error *err)
{
	if (err && response->status != 404) {
		finish_not_now(prepare, "its machine's instance can be looked at", err);
		return;
	}
	if (err == NULL)
		prepare->preparation.instance = string_copy(json_text_at(response->body, "metadata", "uid", NULL));
	reach(prepare);
}

static void on_reached(struct operation_prepare *prepare, const struct error *err)
{
	if (err)
		finish_not_now(prepare, "KubeVirt serves subresources.kubevirt.io/v1", err);
	else
		finish(prepare, *prepare->settings.stopping ? OPERATION_STOPPED : OPERATION_READY);
}

static void on_answer(void *data, const struct client_response *response, const struct error *err)
{
	struct operation_prepare *prepare = data;

	switch (prepare->state) {
	case PREPARE_LOOKING:
		on_looked(prepare, response, err);
		break;
	case PREPARE_MEETING:
		on_met(prepare, response, err);
		break;
	case PREPARE_REACHING:
		on_reached(prepare, err);
		break;
	}
}

void operation_prepare_start(const struct operation_prepare_settings *settings, const struct operation_run_of *of,
			     operation_prepare_callback *callback, void *data)
{
	struct operation_prepare *prepare = memory_new(sizeof(*prepare));

	*prepare = (struct operation_prepare){ .settings = *settings,
					       .of = of,
					       .give_up_at = time_monotonic_ms() + settings->wait_ms,
					       .pause_ms = PAUSE_MIN_MS,
					       .callback = callback,
					       .data = data };
	uv_timer_init(settings->loop, &prepare->timer);
	prepare->timer.data = prepare;
	look(prepare);
}
