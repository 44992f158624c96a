#include <string.h>

#include "sync/git/libgit2.h"
#include "sync/git/notes.h"
#include "sync/git/repository.h"
#include "tests/unit/git/fixture.h"
#include "tests/unit/suite.h"

#define NOTES "refs/notes/labsync/lab-a"

/* A bare repository "r" with ten commits on main. */
static struct repository *make(const char *folder)
{
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(free) char *directory = string_format("%s/r", folder);
	struct repository *repository;

	fixture_run(folder, "git init -q --bare -b main r; cd r; t=$(git mktree </dev/null); p=; "
			    "for i in 0 1 2 3 4 5 6 7 8 9; do c=$(git commit-tree -m $i $p $t); p=\"-p $c\"; done; "
			    "git update-ref refs/heads/main $c");
	repository = repository_open(directory, &err);
	ck_assert_msg(repository != NULL, "%s", err.message);
	return repository;
}

static char *commit_new(const char *folder, int back)
{
	return fixture_output_new(folder, "git -C r rev-parse main~%d", back);
}

static void expect_note(struct repository *repository, const char *commit, const char *expected)
{
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(free) char *text = repository_read_note(repository, NOTES, commit, &err);

	ck_assert_msg(err.code == ERROR_NONE, "%s", err.message);
	if (expected == NULL)
		ck_assert_ptr_null(text);
	else
		ck_assert_msg(text && strcmp(text, expected) == 0, "%s: expected \"%s\", got \"%s\"", commit,
			      expected, text ? text : "nothing");
}

static void write_or_fail(struct repository *repository, const char *commit, const char *text)
{
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert_msg(repository_write_note(repository, NOTES, commit, text, &err), "%s", err.message);
}

START_TEST(writes_replaces_and_reads)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(repository) struct repository *repository = make(folder);
	cleanup(free) char *first = commit_new(folder, 0), *second = commit_new(folder, 1), *shown = NULL;

	expect_note(repository, first, NULL);
	write_or_fail(repository, first, "Progressing\n");
	expect_note(repository, first, "Progressing\n");
	write_or_fail(repository, first, "Ready\n");
	write_or_fail(repository, first, "Ready\n"); /* the same again is no commit */
	write_or_fail(repository, second, "Failed\n");
	expect_note(repository, first, "Ready\n");
	expect_note(repository, second, "Failed\n");
	shown = fixture_output_new(folder, "cd r; git fsck --strict >&2; git notes --ref=%s show %s; ", NOTES, first);
	ck_assert_str_eq(shown, "Ready");
	free(shown);
	shown = fixture_output_new(folder, "git -C r rev-list --count %s; ", NOTES);
	ck_assert_str_eq(shown, "3");
	free(shown);
	shown = fixture_output_new(folder, "git -C r log -1 --format='%%an <%%ae>' %s; ", NOTES);
	ck_assert_str_eq(shown, "labsync <noreply@labsync.dev>");
}
END_TEST

static const char *const layouts[] = {
	/* as Git writes a few notes, */
	"git notes --ref=lab add -f -m old $(git rev-parse main); git update-ref " NOTES " refs/notes/lab",
	/* many notes (one folder deep), */
	"b=$(echo old | git hash-object -w --stdin); c=$(git rev-parse main); "
	"t=$(printf '100644 blob %s\\t%s\\n' $b ${c#??} | git mktree); "
	"t=$(printf '040000 tree %s\\t%s\\n' $t ${c%${c#??}} | git mktree); "
	"git update-ref " NOTES " $(git commit-tree -m n $t)",
	/* and very many (two folders deep). */
	"b=$(echo old | git hash-object -w --stdin); c=$(git rev-parse main); r=${c#??}; "
	"t=$(printf '100644 blob %s\\t%s\\n' $b ${r#??} | git mktree); "
	"t=$(printf '040000 tree %s\\t%s\\n' $t ${r%${r#??}} | git mktree); "
	"t=$(printf '040000 tree %s\\t%s\\n' $t ${c%${c#??}} | git mktree); "
	"git update-ref " NOTES " $(git commit-tree -m n $t)",
};

START_TEST(keeps_each_layout_that_git_makes)
{
	for (size_t i = 0; i < ARRAY_SIZE(layouts); i++) {
		cleanup(fixture_folder) char *folder = fixture_folder_new();
		cleanup(repository) struct repository *repository = make(folder);
		cleanup(free) char *head = commit_new(folder, 0), *other = commit_new(folder, 3), *shown = NULL;

		fixture_run(folder, "cd r; %s", layouts[i]);
		expect_note(repository, head, "old\n");
		write_or_fail(repository, head, "new\n");
		write_or_fail(repository, other, "other\n");
		expect_note(repository, head, "new\n");
		expect_note(repository, other, "other\n");
		shown = fixture_output_new(folder, "cd r; git notes --ref=%s list | wc -l", NOTES);
		ck_assert_msg(strcmp(shown, "2") == 0, "layout %zu: %s notes", i, shown);
		free(shown);
		shown = fixture_output_new(folder, "cd r; git notes --ref=%s show %s", NOTES, head);
		ck_assert_msg(strcmp(shown, "new") == 0, "layout %zu: %s", i, shown);
	}
}
END_TEST

/* One commit's note in the common ancestor, here, there, and merged; NULL: none. */
static const struct merge_case {
	const char *name, *base, *ours, *theirs, *merged;
} merge_cases[] = {
	{ "unchanged", "b", "b", "b", "b" },          { "changed here", "b", "o", "b", "o" },
	{ "changed there", "b", "b", "t", "t" },      { "changed on both sides", "b", "o", "t", "o" },
	{ "new here", NULL, "o", NULL, "o" },         { "new there", NULL, NULL, "t", "t" },
	{ "new on both sides", NULL, "o", "t", "o" },
};

static void write_side(struct repository *repository, const char *folder, size_t side)
{
	for (size_t i = 0; i < ARRAY_SIZE(merge_cases); i++) {
		const struct merge_case *one = &merge_cases[i];
		const char *text = side == 0 ? one->base : side == 1 ? one->ours : one->theirs;
		cleanup(free) char *commit = commit_new(folder, (int)i);

		if (text)
			write_or_fail(repository, commit, text);
	}
}

static git_oid tip_id(struct repository *repository)
{
	cleanup(error) struct error err = ERROR_INIT;
	git_oid id;

	ck_assert_msg(libgit2_resolve(repository, NOTES, &id, &err), "%s", err.message);
	return id;
}

START_TEST(merges_per_commit)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(repository) struct repository *repository = make(folder);
	cleanup(error) struct error err = ERROR_INIT;
	git_oid theirs, merged, again;

	write_side(repository, folder, 0);
	fixture_run(folder, "git -C r update-ref refs/base %s", NOTES);
	write_side(repository, folder, 2);
	theirs = tip_id(repository);
	fixture_run(folder, "git -C r update-ref %s refs/base", NOTES);
	write_side(repository, folder, 1);
	ck_assert_msg(notes_merge(repository, NOTES, &theirs, &err), "%s", err.message);
	for (size_t i = 0; i < ARRAY_SIZE(merge_cases); i++) {
		cleanup(free) char *commit = commit_new(folder, (int)i);

		expect_note(repository, commit, merge_cases[i].merged);
	}
	merged = tip_id(repository);
	ck_assert(notes_merge(repository, NOTES, &theirs, &err)); /* it is in already */
	again = tip_id(repository);
	ck_assert(git_oid_equal(&merged, &again));
}
END_TEST

START_TEST(fast_forwards_and_joins_strangers)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(repository) struct repository *repository = make(folder);
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(free) char *first = commit_new(folder, 0), *second = commit_new(folder, 1);
	git_oid theirs, now;

	write_or_fail(repository, first, "theirs");
	theirs = tip_id(repository);
	fixture_run(folder, "git -C r update-ref -d %s", NOTES);
	ck_assert(notes_merge(repository, NOTES, &theirs, &err)); /* nothing here */
	now = tip_id(repository);
	ck_assert(git_oid_equal(&now, &theirs));
	fixture_run(folder, "git -C r update-ref -d %s", NOTES);
	write_or_fail(repository, second, "ours");
	ck_assert_msg(notes_merge(repository, NOTES, &theirs, &err), "%s", err.message);
	expect_note(repository, first, "theirs");
	expect_note(repository, second, "ours");
}
END_TEST

START_TEST(names_damage)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(repository) struct repository *repository = make(folder);
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(free) char *head = commit_new(folder, 0);

	fixture_run(folder, "mkdir -p r/refs/notes/labsync; echo 0123456789012345678901234567890123456789 > r/%s",
		    NOTES);
	ck_assert_ptr_null(repository_read_note(repository, NOTES, head, &err));
	ck_assert_int_eq(err.code, ERROR_INVALID);
	ck_assert(!repository_write_note(repository, NOTES, head, "x", &err));
	ck_assert_int_eq(err.code, ERROR_INVALID);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { writes_replaces_and_reads, keeps_each_layout_that_git_makes, merges_per_commit,
				 fast_forwards_and_joins_strangers, names_damage };

	return suite_run("notes", tests, ARRAY_SIZE(tests));
}
