/* Two histories of the same notes, joined per annotated commit.
 *
 * The merge begins with the other side's tree and carries over what changed
 * here since both parted (everything, when they never were one). So a note
 * written here wins, and one that only the other side touched is taken. */
#include <string.h>

#include "sync/git/libgit2.h"
#include "sync/git/note_tree.h"
#include "sync/git/notes.h"

struct merge {
	git_repository *repository;
	git_commit *ours, *theirs;
	git_tree *our_tree;
	git_oid tree; /* as far as it is merged */
};

static void merge_cleanup(struct merge *merge)
{
	git_tree_free(merge->our_tree);
	git_commit_free(merge->theirs);
	git_commit_free(merge->ours);
}

/* Carries over the note that a changed path stands for. */
static int carry_over(struct merge *merge, const char *path)
{
	cleanup(git_tree) git_tree *merged = NULL;
	git_oid annotated, note;
	int result;

	if (note_tree_parse_path(&annotated, path) < 0)
		return 0; /* a file that somebody put beside the notes */
	result = git_tree_lookup(&merged, merge->repository, &merge->tree);
	if (result < 0)
		return result;
	/* A deleted path may be a note that only moved into a folder: what counts is what is here now. */
	result = note_tree_find(&note, merge->repository, merge->our_tree, &annotated);
	if (result < 0 && result != GIT_ENOTFOUND)
		return result;
	return note_tree_write(&merge->tree, merge->repository, merged, &annotated, result == 0 ? &note : NULL);
}

static int base_tree(struct merge *merge, git_tree **tree)
{
	cleanup(git_commit) git_commit *base = NULL;
	git_oid id;
	int result;

	result = git_merge_base(&id, merge->repository, git_commit_id(merge->ours), git_commit_id(merge->theirs));
	if (result == GIT_ENOTFOUND)
		return 0;
	if (result == 0)
		result = git_commit_lookup(&base, merge->repository, &id);
	return result < 0 ? result : git_commit_tree(tree, base);
}

static int merge_trees(struct merge *merge)
{
	cleanup(git_tree) git_tree *base = NULL;
	cleanup(git_diff) git_diff *diff = NULL;
	int result;

	git_oid_cpy(&merge->tree, git_commit_tree_id(merge->theirs));
	result = base_tree(merge, &base);
	if (result == 0)
		result = git_diff_tree_to_tree(&diff, merge->repository, base, merge->our_tree, NULL);
	if (result < 0)
		return result;
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);

		result = carry_over(merge,
				    delta->status == GIT_DELTA_DELETED ? delta->old_file.path : delta->new_file.path);
		if (result < 0)
			return result;
	}
	return 0;
}

static int join(struct merge *merge, const char *notes_reference)
{
	git_oid commit;
	int result;

	result = git_commit_tree(&merge->our_tree, merge->ours);
	if (result == 0)
		result = merge_trees(merge);
	if (result == 0)
		result = notes_commit(&commit, merge->repository, &merge->tree, "labsync: notes merged\n", 2,
				      (const git_commit *[]){ merge->ours, merge->theirs });
	if (result < 0)
		return result;
	return notes_move(merge->repository, notes_reference, git_commit_id(merge->ours), &commit);
}

static int merge_once(git_repository *repository, const char *notes_reference, const git_oid *other)
{
	cleanup(merge) struct merge merge = { .repository = repository };
	const git_oid *ours;
	int result;

	result = git_commit_lookup(&merge.theirs, repository, other);
	if (result < 0)
		return result;
	result = notes_tip(&merge.ours, repository, notes_reference);
	if (result == GIT_ENOTFOUND)
		return notes_move(repository, notes_reference, NULL, other);
	if (result < 0)
		return result;
	ours = git_commit_id(merge.ours);
	if (git_oid_equal(ours, other))
		return 0;
	result = git_graph_descendant_of(repository, ours, other);
	if (result != 0)
		return result < 0 ? result : 0; /* theirs is in ours already */
	result = git_graph_descendant_of(repository, other, ours);
	if (result == 1)
		return notes_move(repository, notes_reference, ours, other);
	return result < 0 ? result : join(&merge, notes_reference);
}

bool notes_merge(struct repository *repository, const char *notes_reference, const git_oid *other, struct error *err)
{
	int result = 0;

	for (size_t attempt = 1; attempt <= NOTES_ATTEMPTS_MAX; attempt++) {
		result = merge_once(repository->git, notes_reference, other);
		if (!notes_is_race(result))
			break;
		notes_back_off(attempt);
	}
	if (result < 0)
		return libgit2_error(err, result, "%s: %s cannot be merged with the remote's", repository->directory,
				     notes_reference);
	return true;
}
