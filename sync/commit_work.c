#include "sync/commit_work.h"

#include <string.h>

#include "base/path.h"
#include "base/text.h"
#include "render/render.h"
#include "sync/git/repository.h"

#define TRAILER_ALLOW_PRUNE "Labsync-Allow-Prune"
#define TRAILER_STATE "Labsync-State"

enum { TRAILERS_MAX = 1000 };

struct commit_work {
	uv_work_t work;
	char *directory, *commit, *path, *default_namespace, *cluster, *source, *notes_reference;
	int64_t now;
	struct repository *repository; /* of the pool thread, while it works */
	char *root; /* `path` as the tree's files begin with it */
	struct commit_work_result result;
	struct error error;
	commit_work_callback *callback;
	void *data;
};

void commit_work_result_deinit(struct commit_work_result *result)
{
	desired_deinit(&result->desired);
	for (size_t i = 0; result->allow_prune && result->allow_prune[i]; i++)
		free(result->allow_prune[i]);
	free(result->allow_prune);
	free(result->note_state);
	*result = (struct commit_work_result){ .allow_prune = NULL };
}

static void add_allowed(const char *value, void *data)
{
	struct commit_work_result *result = data;
	size_t count = 0;

	while (result->allow_prune && result->allow_prune[count])
		count++;
	if (count == TRAILERS_MAX)
		return;
	result->allow_prune = memory_resize(result->allow_prune, count + 2, sizeof(char *));
	result->allow_prune[count] = string_copy(value);
	result->allow_prune[count + 1] = NULL;
}

static void set_state(const char *value, void *data)
{
	struct commit_work_result *result = data;

	free(result->note_state);
	result->note_state = string_copy(value);
}

static bool read_words(struct commit_work *work, struct repository *repository)
{
	struct commit_summary summary = { .author = NULL };
	cleanup(free) char *note = NULL;

	if (!repository_read_commit(repository, work->commit, &summary, &work->error))
		return false;
	trailers_each(summary.message, TRAILER_ALLOW_PRUNE, add_allowed, &work->result);
	commit_summary_deinit(&summary);
	if (work->notes_reference == NULL)
		return true;
	note = repository_read_note(repository, work->notes_reference, work->commit, &work->error);
	if (note)
		trailers_each(note, TRAILER_STATE, set_state, &work->result);
	return work->error.code == ERROR_NONE;
}

/* Files that are too large were not read: what they hold is not known. */
static size_t take_files(const struct tree_files *files, struct lab_file *taken, struct render_result *rendered)
{
	size_t count = 0;

	for (size_t i = 0; i < files->count; i++) {
		const struct tree_file *file = &files->items[i];

		if (file->too_large) {
			diagnostics_add(&rendered->diagnostics, DIAGNOSTIC_ERROR, file->path, 0, 0,
					"larger than %d MiB; split it or move it out of the source's path",
					TREE_FILE_MAX / 1024 / 1024);
			rendered->complete = false;
		} else {
			taken[count++] =
				(struct lab_file){ .path = file->path, .text = file->text, .length = file->length };
		}
	}
	return count;
}

/* Called while rendering, on the same thread. */
static bool look_up(void *context, const char *path, size_t most, struct buffer *text, struct error *err)
{
	struct commit_work *work = context;
	cleanup(free) char *normal = repository_normal_path_new(path, err);

	if (normal == NULL)
		return false;
	if (!path_is_below(work->root, normal))
		return error_set(err, ERROR_REFUSED, "%s is outside of %s, the source's path", normal, work->root);
	return repository_read_file(work->repository, work->commit, normal, most, text, err);
}

static void render_files(struct commit_work *work, const struct tree_files *files)
{
	const struct lab_lookup lookup = { .read = look_up, .context = work, .root = work->root };
	const struct lab_options options = { .default_namespace = work->default_namespace,
					     .now = (time_t)work->now,
					     .lookup = &lookup };
	cleanup(render_result) struct render_result rendered = RENDER_RESULT_INIT;
	struct render_result too_large = { .complete = true };
	struct lab_file *taken = memory_new_array(files->count, sizeof(*taken));
	size_t count = take_files(files, taken, &too_large);

	render_labs(taken, count, &options, &rendered);
	diagnostics_move(&rendered.diagnostics, &too_large.diagnostics);
	rendered.complete = rendered.complete && too_large.complete;
	desired_build(&work->result.desired, &rendered, work->cluster, work->source, work->commit);
	work->result.desired.path_exists = files->path_exists;
	free(taken);
}

/* A path that is a file stands for the folder that it is in. */
static char *root_new(struct commit_work *work)
{
	char *root = repository_normal_path_new(work->path ? work->path : "", &work->error);
	char *slash = root ? strrchr(root, '/') : NULL;

	if (root && (text_ends_with(root, ".yaml") || text_ends_with(root, ".yml") || text_ends_with(root, ".json")))
		*(slash ? slash : root) = '\0';
	return root;
}

static void on_work(uv_work_t *request)
{
	struct commit_work *work = request->data;
	cleanup(repository) struct repository *repository = repository_open(work->directory, &work->error);
	cleanup(tree_files) struct tree_files files = { .items = NULL };

	if (repository == NULL || !read_words(work, repository))
		return;
	work->root = root_new(work);
	if (work->root == NULL)
		return;
	work->repository = repository;
	if (repository_read_files(repository, work->commit, work->path ? work->path : "", &files, &work->error))
		render_files(work, &files);
}

static void on_done(uv_work_t *request, int status)
{
	struct commit_work *work = request->data;

	(void)status; /* never cancelled */
	work->callback(work->data, work->error.code == ERROR_NONE ? &work->result : NULL,
		       work->error.code == ERROR_NONE ? NULL : &work->error);
	commit_work_result_deinit(&work->result);
	error_deinit(&work->error);
	free(work->directory);
	free(work->commit);
	free(work->path);
	free(work->default_namespace);
	free(work->cluster);
	free(work->source);
	free(work->notes_reference);
	free(work->root);
	free(work);
}

void commit_work_start(uv_loop_t *loop, const struct commit_work_request *request, commit_work_callback *callback,
		       void *data)
{
	struct commit_work *work = memory_new(sizeof(*work));

	*work = (struct commit_work){ .work = { .data = work },
				      .directory = string_copy(request->directory),
				      .commit = string_copy(request->commit),
				      .path = string_copy(request->path),
				      .default_namespace = string_copy(request->default_namespace),
				      .now = request->now,
				      .cluster = string_copy(request->cluster),
				      .source = string_copy(request->source),
				      .notes_reference = string_copy(request->notes_reference),
				      .callback = callback,
				      .data = data };
	uv_queue_work(loop, &work->work, on_work, on_done);
}
