#include "sync/git/note_tree.h"

#include <stdbool.h>
#include <string.h>

#include "sync/git/libgit2.h"

enum { FOLDER_DIGITS = 2 };

struct note_step {
	git_repository *repository;
	const char *rest; /* of the annotated object's digits, below the folders passed so far */
	const git_oid *note; /* NULL: remove */
};

static const git_tree_entry *note_in(const git_tree *tree, const char *rest)
{
	const git_tree_entry *entry = git_tree_entry_byname(tree, rest);

	return entry && git_tree_entry_type(entry) == GIT_OBJECT_BLOB ? entry : NULL;
}

static const git_tree_entry *folder_in(const git_tree *tree, const char *rest)
{
	char name[FOLDER_DIGITS + 1] = { rest[0], rest[1], '\0' };
	const git_tree_entry *entry = git_tree_entry_byname(tree, name);

	return entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE ? entry : NULL;
}

static int find(git_oid *note, git_repository *repository, const git_tree *tree, const char *rest)
{
	const git_tree_entry *entry = note_in(tree, rest);
	cleanup(git_tree) git_tree *folder = NULL;
	int result;

	if (entry) {
		git_oid_cpy(note, git_tree_entry_id(entry));
		return 0;
	}
	entry = strlen(rest) > FOLDER_DIGITS ? folder_in(tree, rest) : NULL;
	if (entry == NULL)
		return GIT_ENOTFOUND;
	result = git_tree_lookup(&folder, repository, git_tree_entry_id(entry));
	return result < 0 ? result : find(note, repository, folder, rest + FOLDER_DIGITS);
}

int note_tree_find(git_oid *note, git_repository *repository, const git_tree *tree, const git_oid *annotated)
{
	char digits[GIT_OID_HEXSZ + 1];

	git_oid_tostr(digits, sizeof(digits), annotated);
	return tree ? find(note, repository, tree, digits) : GIT_ENOTFOUND;
}

/* `tree` with one entry set, or removed when `id` is NULL. */
static int write_entry(git_oid *written, git_repository *repository, const git_tree *tree, const char *name,
		       const git_oid *id, git_filemode_t mode)
{
	cleanup(git_treebuilder) git_treebuilder *builder = NULL;
	int result;

	result = git_treebuilder_new(&builder, repository, tree);
	if (result == 0 && id)
		result = git_treebuilder_insert(NULL, builder, name, id, mode);
	else if (result == 0 && git_treebuilder_get(builder, name))
		result = git_treebuilder_remove(builder, name);
	return result < 0 ? result : git_treebuilder_write(written, builder);
}

static int write_note(git_oid *written, const struct note_step *step, const git_tree *tree, size_t depth);

static int write_in_folder(git_oid *written, const struct note_step *step, const git_tree *tree,
			   const git_tree_entry *folder_entry, size_t depth)
{
	struct note_step below = *step;
	cleanup(git_tree) git_tree *folder = NULL;
	char name[FOLDER_DIGITS + 1] = { step->rest[0], step->rest[1], '\0' };
	git_oid folder_id;
	int result = 0;

	below.rest += FOLDER_DIGITS;
	if (folder_entry)
		result = git_tree_lookup(&folder, step->repository, git_tree_entry_id(folder_entry));
	if (result == 0)
		result = write_note(&folder_id, &below, folder, depth + 1);
	if (result < 0)
		return result;
	return write_entry(written, step->repository, tree, name, &folder_id, GIT_FILEMODE_TREE);
}

static int write_note(git_oid *written, const struct note_step *step, const git_tree *tree, size_t depth)
{
	const git_tree_entry *folder = NULL;
	bool here = tree && note_in(tree, step->rest);

	if (tree && strlen(step->rest) > FOLDER_DIGITS)
		folder = folder_in(tree, step->rest);
	/* A note stays where it is: twice in one tree, Git would join both texts. */
	if (!here && (folder || (depth == 0 && step->note)))
		return write_in_folder(written, step, tree, folder, depth);
	return write_entry(written, step->repository, tree, step->rest, step->note, GIT_FILEMODE_BLOB);
}

int note_tree_write(git_oid *written, git_repository *repository, const git_tree *tree, const git_oid *annotated,
		    const git_oid *note)
{
	char digits[GIT_OID_HEXSZ + 1];
	struct note_step step = { .repository = repository, .rest = digits, .note = note };

	git_oid_tostr(digits, sizeof(digits), annotated);
	return write_note(written, &step, tree, 0);
}

int note_tree_parse_path(git_oid *annotated, const char *path)
{
	char digits[GIT_OID_HEXSZ + 1];
	size_t length = 0;

	for (; *path; path++) {
		if (*path == '/')
			continue;
		if (length == GIT_OID_HEXSZ)
			return GIT_EINVALID;
		digits[length++] = *path;
	}
	digits[length] = '\0';
	return length == GIT_OID_HEXSZ && git_oid_fromstr(annotated, digits) == 0 ? 0 : GIT_EINVALID;
}
