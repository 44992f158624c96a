#include "sync/ancestry.h"

#include "base/text.h"
#include "sync/git/repository.h"

struct ancestry_commit {
	char *id;
	bool is_ancestor;
};

struct ancestry {
	uv_work_t work;
	char *directory, *head;
	struct ancestry_commit *commits;
	size_t count, capacity;
	ancestry_callback *callback;
	void *data;
};

struct ancestry *ancestry_new(const char *directory, const char *head)
{
	struct ancestry *ancestry = memory_new(sizeof(*ancestry));

	ancestry->directory = string_copy(directory);
	ancestry->head = string_copy(head);
	ancestry->work.data = ancestry;
	return ancestry;
}

void ancestry_free(struct ancestry *ancestry)
{
	if (ancestry == NULL)
		return;
	for (size_t i = 0; i < ancestry->count; i++)
		free(ancestry->commits[i].id);
	free(ancestry->commits);
	free(ancestry->directory);
	free(ancestry->head);
	free(ancestry);
}

static struct ancestry_commit *find(const struct ancestry *ancestry, const char *commit)
{
	for (size_t i = 0; i < ancestry->count; i++)
		if (text_equal(ancestry->commits[i].id, commit))
			return &ancestry->commits[i];
	return NULL;
}

void ancestry_add(struct ancestry *ancestry, const char *commit)
{
	if (find(ancestry, commit))
		return;
	memory_grow(&ancestry->commits, ancestry->count, &ancestry->capacity, sizeof(*ancestry->commits));
	ancestry->commits[ancestry->count++] = (struct ancestry_commit){ .id = string_copy(commit) };
}

size_t ancestry_count(const struct ancestry *ancestry)
{
	return ancestry->count;
}

bool ancestry_contains(const struct ancestry *ancestry, const char *commit)
{
	const struct ancestry_commit *found = find(ancestry, commit);

	return found && found->is_ancestor;
}

static void on_work(uv_work_t *work)
{
	struct ancestry *ancestry = work->data;
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(repository) struct repository *repository = repository_open(ancestry->directory, &err);

	/* What cannot be read counts as no ancestor: the guard then holds removals back. */
	for (size_t i = 0; repository && i < ancestry->count; i++) {
		struct ancestry_commit *commit = &ancestry->commits[i];

		if (!repository_is_ancestor(repository, commit->id, ancestry->head, &commit->is_ancestor, &err)) {
			commit->is_ancestor = false;
			error_deinit(&err);
		}
	}
}

static void on_done(uv_work_t *work, int status)
{
	struct ancestry *ancestry = work->data;

	(void)status; /* never cancelled */
	ancestry->callback(ancestry->data);
}

void ancestry_start(struct ancestry *ancestry, uv_loop_t *loop, ancestry_callback *callback, void *data)
{
	ancestry->callback = callback;
	ancestry->data = data;
	uv_queue_work(loop, &ancestry->work, on_work, on_done);
}
