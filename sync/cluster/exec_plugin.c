#include "sync/cluster/exec_plugin.h"

#include <assert.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/text.h"
#include "base/time.h"

enum { STDERR_KEPT = 4096, STDERR_TOLD = 500, READ_SIZE = 16 * 1024 };

/* Done when the program has ended and both its pipes are read to their end:
 *
 *   exec_plugin_run --spawned--> RUNNING --exit, both ends--> CLOSING --all handles closed--> callback, freed
 *                   --failed---------------------------------> CLOSING
 *   RUNNING --deadline, cancel, too much output--> killed --> CLOSING (its answer no longer counts) */
enum plugin_state { PLUGIN_RUNNING, PLUGIN_CLOSING };

struct exec_plugin {
	enum plugin_state state;
	const struct connection *connection;
	exec_plugin_callback *callback;
	void *data;
	uv_process_t process;
	uv_timer_t deadline;
	uv_pipe_t output, errors;
	uint64_t deadline_ms;
	unsigned open; /* handles */
	unsigned awaited; /* of exit and the ends of both pipes */
	int64_t exit_status;
	int signal;
	struct buffer text; /* its stdout: secret */
	struct buffer complaint; /* the tail of its stderr */
	char piece[READ_SIZE];
	struct error err;
};

static void finish(struct exec_plugin *plugin)
{
	cleanup(exec_answer) struct exec_answer answer = { .token = NULL };
	bool good = plugin->err.code == ERROR_NONE &&
		    exec_answer_parse(buffer_text(&plugin->text), plugin->text.length,
				      plugin->connection->exec->api_version, &answer, &plugin->err);

	if (!good)
		error_wrap(&plugin->err, "exec plugin %s", plugin->connection->exec->command);
	plugin->callback(plugin->data, good ? &answer : NULL, good ? NULL : &plugin->err);
	if (plugin->text.data)
		explicit_bzero(plugin->text.data, plugin->text.capacity);
	explicit_bzero(plugin->piece, sizeof(plugin->piece));
	buffer_deinit(&plugin->text);
	buffer_deinit(&plugin->complaint);
	error_deinit(&plugin->err);
	free(plugin);
}

static void on_closed(uv_handle_t *handle)
{
	struct exec_plugin *plugin = handle->data;

	if (--plugin->open == 0)
		finish(plugin);
}

static void close_all(struct exec_plugin *plugin)
{
	if (plugin->state == PLUGIN_CLOSING)
		return;
	plugin->state = PLUGIN_CLOSING;
	uv_close((uv_handle_t *)&plugin->deadline, on_closed);
	uv_close((uv_handle_t *)&plugin->output, on_closed);
	uv_close((uv_handle_t *)&plugin->errors, on_closed);
	uv_close((uv_handle_t *)&plugin->process, on_closed); /* uv_spawn() opens it even when it fails */
}

/* The program is the leader of a process group of its own (UV_PROCESS_DETACHED), so its children go with it.
 * Closing the handle of a process that libuv has not reaped would leave a zombie: wait for its exit. */
static void give_up(struct exec_plugin *plugin)
{
	if (plugin->state == PLUGIN_CLOSING)
		return;
	kill(-plugin->process.pid, SIGKILL);
	if (!uv_is_active((uv_handle_t *)&plugin->process))
		close_all(plugin);
}

/* "...; it said: ..." with the end of what it wrote to stderr. */
static void add_complaint(struct exec_plugin *plugin)
{
	const char *text = buffer_text(&plugin->complaint);
	size_t length = plugin->complaint.length;
	cleanup(free) char *tail = NULL;

	while (length && strchr(" \r\n\t", text[length - 1]))
		length--;
	if (length > STDERR_TOLD) {
		text += length - STDERR_TOLD;
		length = STDERR_TOLD;
	}
	if (length) {
		cleanup(free) char *raw = string_copy_n(text, length);
		cleanup(free) char *before = string_copy(plugin->err.message);

		tail = text_printable(raw, TEXT_ONE_LINE);
		error_set(&plugin->err, plugin->err.code, "%s; it said: %s", before, tail);
	}
}

static void judge_exit(struct exec_plugin *plugin)
{
	const char *hint = plugin->connection->exec->install_hint;

	if (plugin->err.code != ERROR_NONE || (plugin->exit_status == 0 && plugin->signal == 0))
		return;
	if (plugin->signal)
		error_set(&plugin->err, ERROR_REFUSED, "ended by signal %d", plugin->signal);
	else
		error_set(&plugin->err, ERROR_REFUSED, "ended with exit code %d", (int)plugin->exit_status);
	add_complaint(plugin);
	if (hint && plugin->exit_status == 127)
		error_wrap(&plugin->err, "%.500s", hint);
}

static void on_part_done(struct exec_plugin *plugin)
{
	assert(plugin->awaited > 0);
	if (--plugin->awaited > 0)
		return;
	judge_exit(plugin);
	close_all(plugin);
}

static void on_child_exit(uv_process_t *process, int64_t exit_status, int signal)
{
	struct exec_plugin *plugin = process->data;

	plugin->exit_status = exit_status;
	plugin->signal = signal;
	if (plugin->err.code != ERROR_NONE)
		close_all(plugin);
	else
		on_part_done(plugin);
}

static void on_deadline(uv_timer_t *timer)
{
	struct exec_plugin *plugin = timer->data;

	if (plugin->err.code == ERROR_NONE) {
		cleanup(free) char *patience = duration_text_new(plugin->deadline_ms);

		error_set(&plugin->err, ERROR_TIMEOUT, "no answer in %s", patience);
		add_complaint(plugin);
	}
	give_up(plugin);
}

static void on_space_wanted(uv_handle_t *handle, size_t suggested, uv_buf_t *space)
{
	struct exec_plugin *plugin = handle->data;

	(void)suggested;
	*space = uv_buf_init(plugin->piece, sizeof(plugin->piece));
}

static void on_output(uv_stream_t *stream, ssize_t length, const uv_buf_t *piece)
{
	struct exec_plugin *plugin = stream->data;

	if (length < 0) {
		uv_read_stop(stream);
		on_part_done(plugin);
		return;
	}
	if (plugin->text.length + (size_t)length <= EXEC_PLUGIN_OUTPUT_MAX) {
		buffer_append(&plugin->text, piece->base, (size_t)length);
		return;
	}
	uv_read_stop(stream);
	if (plugin->err.code == ERROR_NONE)
		error_set(&plugin->err, ERROR_LIMIT, "it wrote more than %d bytes", EXEC_PLUGIN_OUTPUT_MAX);
	give_up(plugin);
}

static void on_complaint(uv_stream_t *stream, ssize_t length, const uv_buf_t *piece)
{
	struct exec_plugin *plugin = stream->data;
	struct buffer *kept = &plugin->complaint;

	if (length < 0) {
		uv_read_stop(stream);
		on_part_done(plugin);
		return;
	}
	buffer_append(kept, piece->base, (size_t)length);
	if (kept->length > STDERR_KEPT) {
		memmove(kept->data, kept->data + kept->length - STDERR_KEPT, STDERR_KEPT);
		kept->length = STDERR_KEPT;
		kept->data[STDERR_KEPT] = '\0';
	}
}

/* True when `variable` ("NAME=value") is set anew by `ours`. */
static bool is_replaced(const char *variable, char *const *ours)
{
	size_t length = strcspn(variable, "=") + 1;

	for (; *ours; ours++)
		if (strncmp(*ours, variable, length) == 0)
			return true;
	return strncmp(variable, "KUBERNETES_EXEC_INFO=", length) == 0;
}

/* Our own environment, the entry's on top, and KUBERNETES_EXEC_INFO. Only the array is the caller's to free. */
static char **environment_new(const struct exec_credential *exec, char *info)
{
	size_t count = 0, kept = 0;
	char **all;

	while (environ[count])
		count++;
	for (size_t i = 0; exec->environment[i]; i++)
		count++;
	all = memory_new_array(count + 2, sizeof(*all));
	for (char **variable = environ; *variable; variable++)
		if (!is_replaced(*variable, exec->environment))
			all[kept++] = *variable;
	for (size_t i = 0; exec->environment[i]; i++)
		all[kept++] = exec->environment[i];
	all[kept] = info;
	return all;
}

static char **arguments_new(const struct exec_credential *exec)
{
	size_t count = 0;
	char **all;

	while (exec->arguments[count])
		count++;
	all = memory_new_array(count + 2, sizeof(*all));
	all[0] = exec->command;
	memcpy(all + 1, exec->arguments, count * sizeof(*all));
	return all;
}

static int spawn(struct exec_plugin *plugin, uv_loop_t *loop)
{
	const struct exec_credential *exec = plugin->connection->exec;
	cleanup(free) char *info = exec_info_new(plugin->connection);
	cleanup(free) char *variable = string_format("KUBERNETES_EXEC_INFO=%s", info);
	cleanup(free) char **environment = environment_new(exec, variable);
	cleanup(free) char **arguments = arguments_new(exec);
	uv_stdio_container_t streams[3] = {
		{ .flags = UV_IGNORE },
		{ .flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&plugin->output },
		{ .flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&plugin->errors },
	};
	uv_process_options_t options = { .exit_cb = on_child_exit,
					 .file = exec->command,
					 .args = arguments,
					 .env = environment,
					 .flags = UV_PROCESS_DETACHED,
					 .stdio_count = 3,
					 .stdio = streams };

	return uv_spawn(loop, &plugin->process, &options);
}

static void spawn_error(struct exec_plugin *plugin, int code)
{
	const char *hint = plugin->connection->exec->install_hint;

	error_set(&plugin->err, ERROR_REFUSED, "cannot be run: %s%s%.500s", uv_strerror(code), hint ? "; " : "",
		  hint ? hint : "");
	close_all(plugin);
}

struct exec_plugin *exec_plugin_run(uv_loop_t *loop, const struct connection *connection, uint64_t deadline_ms,
				    exec_plugin_callback *callback, void *data)
{
	struct exec_plugin *plugin = memory_new(sizeof(*plugin));
	int code;

	plugin->connection = connection;
	plugin->callback = callback;
	plugin->data = data;
	plugin->process.data = plugin->deadline.data = plugin->output.data = plugin->errors.data = plugin;
	plugin->awaited = 3;
	plugin->open = 4;
	plugin->deadline_ms = deadline_ms;
	uv_timer_init(loop, &plugin->deadline);
	uv_pipe_init(loop, &plugin->output, 0);
	uv_pipe_init(loop, &plugin->errors, 0);
	code = spawn(plugin, loop);
	if (code < 0) {
		spawn_error(plugin, code);
		return plugin;
	}
	uv_timer_start(&plugin->deadline, on_deadline, deadline_ms, 0);
	uv_read_start((uv_stream_t *)&plugin->output, on_space_wanted, on_output);
	uv_read_start((uv_stream_t *)&plugin->errors, on_space_wanted, on_complaint);
	return plugin;
}

void exec_plugin_cancel(struct exec_plugin *plugin)
{
	error_set(&plugin->err, ERROR_CANCELLED, "cancelled");
	give_up(plugin);
}
