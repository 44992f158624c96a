/* The daemon's side of an operation: starts the child, waits, kills.
 *
 *   running --answer and exit--> closing --all handles closed--> callback
 *      |                            ^
 *      +--deadline, cancel, too much output: kill, then exit--+
 *
 * The request is a memory file that becomes the child's stdin: nothing is
 * written to a pipe that the child may have closed.
 *
 * How it can fail: the program does not start (no operation then); the child
 * answers with an error (passed on); it ends without an answer (the tail of its
 * stderr tells why); it does not end (killed with all it started). */
#include "sync/git/remote.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/text.h"
#include "base/time.h"
#include "sync/git/protocol.h"

enum { STDERR_TAIL_MAX = 2048, READ_SIZE = 16 * 1024 };

enum remote_state { REMOTE_RUNNING, REMOTE_CLOSING };

struct remote_operation {
	enum remote_state state;
	remote_callback *callback;
	void *data;
	char *url; /* for messages */
	uint64_t timeout_ms;

	uv_process_t process;
	uv_pipe_t output, complaints; /* the child's stdout and stderr */
	uv_timer_t deadline;
	unsigned int open_handles;
	bool has_exited, output_ended, complaints_ended, killed;
	int64_t exit_status;
	int exit_signal;

	char read_buffer[READ_SIZE];
	struct buffer answer_text, tail;
	struct remote_answer answer;
	struct error err;
};

static void operation_free(struct remote_operation *operation)
{
	buffer_deinit(&operation->answer_text);
	buffer_deinit(&operation->tail);
	error_deinit(&operation->err);
	free(operation->url);
	free(operation);
}

static void on_closed(uv_handle_t *handle)
{
	struct remote_operation *operation = handle->data;
	bool failed;

	if (--operation->open_handles > 0)
		return;
	failed = operation->err.code != ERROR_NONE;
	if (operation->callback)
		operation->callback(operation->data, failed ? NULL : &operation->answer,
				    failed ? &operation->err : NULL);
	operation_free(operation);
}

/* Every path ends here, once. */
static void finish(struct remote_operation *operation)
{
	uv_handle_t *handles[] = { (uv_handle_t *)&operation->process, (uv_handle_t *)&operation->output,
				   (uv_handle_t *)&operation->complaints, (uv_handle_t *)&operation->deadline };

	operation->state = REMOTE_CLOSING;
	for (size_t i = 0; i < sizeof(handles) / sizeof(handles[0]); i++)
		uv_close(handles[i], on_closed);
}

static void fail_without_answer(struct remote_operation *operation)
{
	cleanup(free) char *tail = text_printable(buffer_text(&operation->tail), TEXT_ONE_LINE);
	cleanup(free) char *how =
		operation->exit_signal
			? string_format("was ended by signal %d", operation->exit_signal)
			: string_format("ended with exit code %lld", (long long)operation->exit_status);

	error_set(&operation->err, ERROR_SYSTEM, "the git helper for %s %s without an answer%s%s", operation->url,
		  how, *tail ? ": " : "", tail);
}

static void judge(struct remote_operation *operation)
{
	if (operation->err.code != ERROR_NONE)
		return; /* why it was killed */
	if (operation->answer_text.length == 0)
		fail_without_answer(operation);
	else
		helper_answer_parse(operation->answer_text.data, operation->answer_text.length, &operation->answer,
				    &operation->err);
}

/* A killed child's own children may hold its pipes open: their end is not waited for. */
static void advance(struct remote_operation *operation)
{
	bool ended = operation->output_ended && operation->complaints_ended;

	if (operation->state != REMOTE_RUNNING || !operation->has_exited || (!ended && !operation->killed))
		return;
	judge(operation);
	finish(operation);
}

/* The child leads a process group of its own, which goes with it. */
static void kill_child(struct remote_operation *operation)
{
	operation->killed = true;
	kill(-operation->process.pid, SIGKILL);
	advance(operation); /* it may have exited, with its pipes still held by others */
}

static void on_exit_of_child(uv_process_t *process, int64_t exit_status, int exit_signal)
{
	struct remote_operation *operation = process->data;

	operation->has_exited = true;
	operation->exit_status = exit_status;
	operation->exit_signal = exit_signal;
	advance(operation);
}

static void on_deadline(uv_timer_t *timer)
{
	struct remote_operation *operation = timer->data;
	cleanup(free) char *duration = duration_text_new(operation->timeout_ms);

	if (operation->err.code == ERROR_NONE)
		error_set(&operation->err, ERROR_TIMEOUT, "the remote %s: no end after %s", operation->url, duration);
	kill_child(operation);
}

/* Reads are one after the other on the loop's thread, so both pipes share one buffer. */
static void on_allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
	struct remote_operation *operation = handle->data;

	(void)suggested;
	*buffer = uv_buf_init(operation->read_buffer, sizeof(operation->read_buffer));
}

static void on_output(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
	struct remote_operation *operation = stream->data;

	if (length < 0) {
		uv_read_stop(stream);
		operation->output_ended = true;
		advance(operation);
		return;
	}
	if (operation->answer_text.length + (size_t)length > PROTOCOL_TEXT_MAX) {
		uv_read_stop(stream);
		if (operation->err.code == ERROR_NONE)
			error_set(&operation->err, ERROR_LIMIT, "the git helper for %s answers with more than 1 MiB",
				  operation->url);
		kill_child(operation);
		return;
	}
	buffer_append(&operation->answer_text, buffer->base, (size_t)length);
}

static void on_complaint(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
	struct remote_operation *operation = stream->data;
	struct buffer *tail = &operation->tail;

	if (length < 0) {
		uv_read_stop(stream);
		operation->complaints_ended = true;
		advance(operation);
		return;
	}
	buffer_append(tail, buffer->base, (size_t)length);
	if (tail->length > STDERR_TAIL_MAX) {
		size_t excess = tail->length - STDERR_TAIL_MAX;

		memmove(tail->data, tail->data + excess, STDERR_TAIL_MAX + 1);
		tail->length = STDERR_TAIL_MAX;
	}
}

static void descriptor_cleanup(int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
}

/* The request as an open file, read from its start; -1 with an error. */
static int request_file(const char *text, struct error *err)
{
	size_t length = strlen(text), written = 0;
	cleanup(descriptor) int file = memfd_create("labsync-git-request", MFD_CLOEXEC);
	int taken;

	while (file >= 0 && written < length) {
		ssize_t part = write(file, text + written, length - written);

		if (part < 0 && errno != EINTR)
			break;
		written += part > 0 ? (size_t)part : 0;
	}
	if (file < 0 || written < length || lseek(file, 0, SEEK_SET) != 0) {
		error_system(err, errno, "the git helper's request");
		return -1;
	}
	taken = file;
	file = -1;
	return taken;
}

static int spawn(struct remote_operation *operation, uv_loop_t *loop, const char *program, int request)
{
	char own[] = "/proc/self/exe", name[] = "git-helper";
	char *arguments[] = { program ? (char *)program : own, name, NULL };
	uv_stdio_container_t streams[] = {
		{ .flags = UV_INHERIT_FD, .data.fd = request },
		{ .flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&operation->output },
		{ .flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE, .data.stream = (uv_stream_t *)&operation->complaints },
	};
	uv_process_options_t options = { .exit_cb = on_exit_of_child,
					 .file = arguments[0],
					 .args = arguments,
					 .flags = UV_PROCESS_DETACHED,
					 .stdio_count = 3,
					 .stdio = streams };

	return uv_spawn(loop, &operation->process, &options);
}

static struct remote_operation *operation_new(uv_loop_t *loop, const struct remote_settings *settings,
					      remote_callback *callback, void *data)
{
	struct remote_operation *operation = memory_new(sizeof(*operation));

	operation->callback = callback;
	operation->data = data;
	operation->url = string_copy(settings->url);
	operation->timeout_ms = settings->timeout_ms;
	uv_pipe_init(loop, &operation->output, 0);
	uv_pipe_init(loop, &operation->complaints, 0);
	uv_timer_init(loop, &operation->deadline);
	operation->process.data = operation->output.data = operation;
	operation->complaints.data = operation->deadline.data = operation;
	operation->open_handles = 4;
	return operation;
}

static struct remote_operation *start(uv_loop_t *loop, const char *program, const struct remote_settings *settings,
				      char *request_text, remote_callback *callback, void *data, struct error *err)
{
	cleanup(free) char *text = request_text;
	cleanup(descriptor) int request = request_file(text, err);
	struct remote_operation *operation;
	int result;

	if (request < 0)
		return NULL;
	operation = operation_new(loop, settings, callback, data);
	result = spawn(operation, loop, program, request);
	if (result < 0) {
		error_set(err, ERROR_SYSTEM, "the git helper %s does not start: %s", program ? program : "(labsync)",
			  uv_strerror(result));
		operation->callback = NULL; /* closing needs the loop, telling the caller does not */
		finish(operation);
		return NULL;
	}
	uv_read_start((uv_stream_t *)&operation->output, on_allocate, on_output);
	uv_read_start((uv_stream_t *)&operation->complaints, on_allocate, on_complaint);
	uv_update_time(loop); /* the deadline counts from now, not from the loop's last turn */
	if (settings->timeout_ms > 0)
		uv_timer_start(&operation->deadline, on_deadline, settings->timeout_ms, 0);
	return operation;
}

struct remote_operation *remote_fetch(uv_loop_t *loop, const char *program, const struct remote_settings *settings,
				      const char *notes_reference, remote_callback *callback, void *data,
				      struct error *err)
{
	return start(loop, program, settings, helper_request_text_new(HELPER_FETCH, settings, notes_reference),
		     callback, data, err);
}

struct remote_operation *remote_push_notes(uv_loop_t *loop, const char *program,
					   const struct remote_settings *settings, const char *notes_reference,
					   remote_callback *callback, void *data, struct error *err)
{
	return start(loop, program, settings, helper_request_text_new(HELPER_PUSH_NOTES, settings, notes_reference),
		     callback, data, err);
}

void remote_cancel(struct remote_operation *operation)
{
	/* Also when the end has come but was not told yet: who cancels has forgotten the operation. */
	error_set(&operation->err, ERROR_CANCELLED, "the remote %s: cancelled", operation->url);
	if (operation->state == REMOTE_RUNNING)
		kill_child(operation);
}
