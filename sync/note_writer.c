/*   IDLE -> WRITING -> PUSHING -> IDLE
 *             ^          |
 *             '----------'   more notes wait
 *
 * A push that fails leaves the local note as it is; the next push takes it along.
 */
#include "sync/note_writer.h"

#include "base/text.h"

enum writer_state { WRITER_IDLE, WRITER_WRITING, WRITER_PUSHING };

struct pending_note {
	struct pending_note *next;
	char *commit, *text;
};

struct note_writer {
	struct note_writer_settings settings;
	char *reference, *directory;
	enum writer_state state;
	struct pending_note *pending; /* oldest first */
	struct pending_note *current;
	bool unpushed, stopping;
	struct error error;
	uv_work_t work;
	struct remote_operation *push;
};

static void pending_free(struct pending_note *note)
{
	if (note == NULL)
		return;
	free(note->commit);
	free(note->text);
	free(note);
}

static void drop_pending(struct note_writer *writer)
{
	while (writer->pending) {
		struct pending_note *note = writer->pending;

		writer->pending = note->next;
		pending_free(note);
	}
}

struct note_writer *note_writer_new(const struct note_writer_settings *settings)
{
	struct note_writer *writer = memory_new(sizeof(*writer));

	writer->settings = *settings;
	writer->reference = string_copy(settings->reference);
	writer->directory = string_copy(settings->remote->directory);
	writer->work.data = writer;
	/* Notes of an earlier run may not have been pushed; when they have, the child finds that out at once. */
	writer->unpushed = settings->push;
	return writer;
}

void note_writer_free(struct note_writer *writer)
{
	if (writer == NULL)
		return;
	drop_pending(writer);
	pending_free(writer->current);
	error_deinit(&writer->error);
	free(writer->reference);
	free(writer->directory);
	free(writer);
}

static void advance(struct note_writer *writer);

static void on_pushed(void *data, const struct remote_answer *answer, const struct error *err)
{
	struct note_writer *writer = data;

	(void)answer;
	writer->push = NULL;
	if (err) {
		error_copy(&writer->error, err);
		error_wrap(&writer->error, "the notes are not pushed");
	} else {
		writer->unpushed = false;
	}
	advance(writer);
}

static void go_idle(struct note_writer *writer)
{
	cleanup(error) struct error err = ERROR_INIT;

	writer->state = WRITER_IDLE;
	error_move(&err, &writer->error);
	writer->settings.on_idle(writer->settings.data, err.code == ERROR_NONE ? NULL : &err);
}

static void push(struct note_writer *writer)
{
	writer->state = WRITER_PUSHING;
	writer->push = remote_push_notes(writer->settings.loop, NULL, writer->settings.remote, writer->reference,
					 on_pushed, writer, &writer->error);
	if (writer->push == NULL)
		go_idle(writer);
}

static void on_write(uv_work_t *work)
{
	struct note_writer *writer = work->data;
	cleanup(repository) struct repository *repository = repository_open(writer->directory, &writer->error);

	if (repository)
		repository_write_note(repository, writer->reference, writer->current->commit, writer->current->text,
				      &writer->error);
}

static void on_written(uv_work_t *work, int status)
{
	struct note_writer *writer = work->data;

	(void)status; /* never cancelled */
	pending_free(writer->current);
	writer->current = NULL;
	writer->unpushed = writer->settings.push;
	advance(writer);
}

/* All that waits is written first, so that one push takes everything along. */
static void advance(struct note_writer *writer)
{
	if (writer->pending) {
		writer->current = writer->pending;
		writer->pending = writer->current->next;
		writer->state = WRITER_WRITING;
		uv_queue_work(writer->settings.loop, &writer->work, on_write, on_written);
	} else if (writer->unpushed && !writer->stopping && writer->error.code == ERROR_NONE) {
		push(writer);
	} else {
		go_idle(writer);
	}
}

void note_writer_put(struct note_writer *writer, const char *commit, const char *text)
{
	struct pending_note **link = &writer->pending;

	while (*link && !text_equal((*link)->commit, commit))
		link = &(*link)->next;
	if (*link == NULL) {
		*link = memory_new(sizeof(**link));
		(*link)->commit = string_copy(commit);
	}
	free((*link)->text);
	(*link)->text = string_copy(text);
	if (writer->state == WRITER_IDLE)
		advance(writer);
}

void note_writer_retry(struct note_writer *writer)
{
	if (writer->state == WRITER_IDLE && writer->unpushed)
		push(writer);
}

bool note_writer_is_idle(const struct note_writer *writer)
{
	return writer->state == WRITER_IDLE;
}

void note_writer_stop(struct note_writer *writer)
{
	writer->stopping = true;
	drop_pending(writer);
	if (writer->push)
		remote_cancel(writer->push);
}
