#include "sync/git/notes.h"

#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/text.h"
#include "sync/git/libgit2.h"
#include "sync/git/note_tree.h"

#define AUTHOR_NAME "labsync"
#define AUTHOR_EMAIL "noreply@labsync.dev"

enum { BACK_OFF_MS = 20 };

int notes_tip(git_commit **tip, git_repository *repository, const char *notes_reference)
{
	git_oid id;
	int result = git_reference_name_to_id(&id, repository, notes_reference);

	if (result < 0)
		return result;
	result = git_commit_lookup(tip, repository, &id);
	/* A reference to what is not there is damage, not absence. */
	return result == GIT_ENOTFOUND ? GIT_ERROR : result;
}

int notes_commit(git_oid *written, git_repository *repository, const git_oid *tree_id, const char *message,
		 size_t parent_count, const git_commit *parents[])
{
	cleanup(git_signature) git_signature *author = NULL;
	cleanup(git_tree) git_tree *tree = NULL;
	int result;

	result = git_signature_now(&author, AUTHOR_NAME, AUTHOR_EMAIL);
	if (result == 0)
		result = git_tree_lookup(&tree, repository, tree_id);
	if (result < 0)
		return result;
	return git_commit_create(written, repository, NULL, author, author, NULL, message, tree, parent_count,
				 parents);
}

int notes_move(git_repository *repository, const char *notes_reference, const git_oid *old, const git_oid *new)
{
	cleanup(git_reference) git_reference *moved = NULL;

	if (old == NULL)
		return git_reference_create(&moved, repository, notes_reference, new, false, NULL);
	return git_reference_create_matching(&moved, repository, notes_reference, new, true, old, NULL);
}

bool notes_is_race(int result)
{
	return result == GIT_EMODIFIED || result == GIT_EEXISTS || result == GIT_ELOCKED;
}

void notes_back_off(size_t attempt)
{
	long limit = (long)attempt * BACK_OFF_MS * 1000 * 1000;
	uint32_t random = 0;
	struct timespec pause;

	if (getrandom(&random, sizeof(random), 0) != sizeof(random))
		random = UINT32_MAX / 2;
	pause = (struct timespec){ .tv_nsec = limit / 2 + (long)((double)limit / 2 * random / UINT32_MAX) };
	nanosleep(&pause, NULL);
}

static bool read_blob(struct repository *repository, const git_oid *id, char **text, struct error *err)
{
	cleanup(git_blob) git_blob *blob = NULL;
	int result = git_blob_lookup(&blob, repository->git, id);

	if (result < 0)
		return libgit2_damage(err, result, "%s", repository->directory);
	if (git_blob_rawsize(blob) > NOTE_SIZE_MAX)
		return error_set(err, ERROR_LIMIT, "the note is larger than %d MiB", NOTE_SIZE_MAX / 1024 / 1024);
	*text = string_copy_n(git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
	return true;
}

/* The blob of a commit's note: GIT_ENOTFOUND when there is no such note or no notes at all. */
static int find_note(git_oid *note, git_repository *repository, const char *notes_reference, const git_oid *annotated)
{
	cleanup(git_commit) git_commit *tip = NULL;
	cleanup(git_tree) git_tree *tree = NULL;
	int result = notes_tip(&tip, repository, notes_reference);

	if (result == 0)
		result = git_commit_tree(&tree, tip);
	if (result < 0)
		return result;
	return note_tree_find(note, repository, tree, annotated);
}

char *repository_read_note(struct repository *repository, const char *notes_reference, const char *commit,
			   struct error *err)
{
	git_oid id, note;
	char *text = NULL;
	int result;

	if (!libgit2_parse_id(commit, &id, err))
		return NULL;
	result = find_note(&note, repository->git, notes_reference, &id);
	if (result == GIT_ENOTFOUND)
		return NULL;
	if (result < 0)
		libgit2_damage(err, result, "%s: %s", repository->directory, notes_reference);
	else if (!read_blob(repository, &note, &text, err))
		error_wrap(err, "%s of commit %.12s", notes_reference, commit);
	return text;
}

/* One attempt: what is there now, with the note in it, as the next commit. */
static int write_once(struct repository *repository, const char *notes_reference, const git_oid *annotated,
		      const git_oid *note)
{
	cleanup(git_commit) git_commit *tip = NULL;
	cleanup(git_tree) git_tree *tree = NULL;
	git_oid present, tree_id, commit_id;
	int result;

	result = notes_tip(&tip, repository->git, notes_reference);
	if (result == 0)
		result = git_commit_tree(&tree, tip);
	else if (result == GIT_ENOTFOUND)
		result = 0;
	if (result < 0)
		return result;
	if (note_tree_find(&present, repository->git, tree, annotated) == 0 && git_oid_equal(&present, note))
		return 0;
	result = note_tree_write(&tree_id, repository->git, tree, annotated, note);
	if (result == 0)
		result = notes_commit(&commit_id, repository->git, &tree_id, "labsync: outcome of a sync\n",
				      tip ? 1 : 0, (const git_commit *[]){ tip });
	if (result < 0)
		return result;
	return notes_move(repository->git, notes_reference, tip ? git_commit_id(tip) : NULL, &commit_id);
}

bool repository_write_note(struct repository *repository, const char *notes_reference, const char *commit,
			   const char *text, struct error *err)
{
	git_oid annotated, note;
	int result;

	if (!libgit2_parse_id(commit, &annotated, err))
		return false;
	if (strlen(text) > NOTE_SIZE_MAX)
		return error_set(err, ERROR_LIMIT, "the note of commit %.12s is larger than %d MiB", commit,
				 NOTE_SIZE_MAX / 1024 / 1024);
	result = git_blob_create_from_buffer(&note, repository->git, text, strlen(text));
	if (result < 0)
		return libgit2_error(err, result, "%s: a note cannot be written", repository->directory);
	for (size_t attempt = 1; attempt <= NOTES_ATTEMPTS_MAX; attempt++) {
		result = write_once(repository, notes_reference, &annotated, &note);
		if (!notes_is_race(result))
			break;
		notes_back_off(attempt);
	}
	if (result < 0)
		return libgit2_error(err, result, "%s: %s cannot be written", repository->directory, notes_reference);
	return true;
}
