#include "daemon/watch.h"

#include <string.h>
#include <unistd.h>

#include "tests/unit/cluster/folder.h"

enum { PATIENCE_MS = 30000, TURNS_TO_DRAIN = 20 };

/* A loop, and what its watch has seen. */
struct witness {
	uv_loop_t loop;
	uv_timer_t patience;
	struct watch *watch;
	unsigned changes;
	bool impatient;
};

static void on_changed(void *data)
{
	struct witness *witness = data;

	witness->changes++;
}

static void on_patience_over(uv_timer_t *timer)
{
	struct witness *witness = timer->data;

	witness->impatient = true;
}

static void witness_init(struct witness *witness)
{
	*witness = (struct witness){ .changes = 0 };
	ck_assert_int_eq(uv_loop_init(&witness->loop), 0);
	uv_timer_init(&witness->loop, &witness->patience);
	witness->patience.data = witness;
}

static void witness_cleanup(struct witness *witness)
{
	watch_free(witness->watch);
	uv_close((uv_handle_t *)&witness->patience, NULL);
	uv_run(&witness->loop, UV_RUN_DEFAULT);
	ck_assert_int_eq(uv_loop_close(&witness->loop), 0);
}

/* Runs the loop until something was seen, and then takes in all that is there to see. */
static void wait_for_change(struct witness *witness, const char *what)
{
	uv_timer_start(&witness->patience, on_patience_over, PATIENCE_MS, 0);
	while (witness->changes == 0 && !witness->impatient)
		uv_run(&witness->loop, UV_RUN_ONCE);
	uv_timer_stop(&witness->patience);
	ck_assert_msg(witness->changes > 0, "%s was not seen", what);
	for (int i = 0; i < TURNS_TO_DRAIN; i++)
		uv_run(&witness->loop, UV_RUN_NOWAIT);
}

static void folder_make(const char *folder, const char *name)
{
	cleanup(free) char *path = string_format("%s/%s", folder, name);

	ck_assert_int_eq(mkdir(path, 0700), 0);
}

/* As Git does it: written beside, then renamed. */
static void reference_write(const char *folder, const char *name)
{
	cleanup(free) char *beside = string_format("%s.lock", name), *path = string_format("%s/%s", folder, name);
	cleanup(free) char *written = folder_write(folder, beside, "0123456789abcdef0123456789abcdef01234567\n");

	ck_assert_int_eq(rename(written, path), 0);
}

static const struct repository_case {
	const char *name;
	const char *folders[6]; /* made before; below the one that is named */
	const char *scheme;
	const char *branch;
	const char *made; /* a folder that is made, or: */
	const char *reference; /* a file that is written as Git writes it */
} cases[] = {
	{ "a branch", { "refs", "refs/heads" }, "", "main", NULL, "refs/heads/main" },
	{ "by file URL", { "refs", "refs/heads" }, "file://", "main", NULL, "refs/heads/main" },
	{ "no branch named", { "refs", "refs/heads" }, "", NULL, NULL, "refs/heads/main" },
	{ "its whole name", { "refs", "refs/heads" }, "", "refs/heads/main", NULL, "refs/heads/main" },
	{ "its whole name, in a folder",
	  { "refs", "refs/heads", "refs/heads/team" },
	  "",
	  "refs/heads/team/x",
	  NULL,
	  "refs/heads/team/x" },
	{ "not among the branches", { "refs", "refs/pull" }, "", "refs/pull/head", NULL, "refs/pull/head" },
	{ "a branch in a folder",
	  { "refs", "refs/heads", "refs/heads/team" },
	  "",
	  "team/x",
	  NULL,
	  "refs/heads/team/x" },
	{ "a branch in a folder to come", { "refs", "refs/heads" }, "", "team/x", "refs/heads/team", NULL },
	{ "packed", { "refs", "refs/heads" }, "", "main", NULL, "packed-refs" },
	{ "with a work tree", { ".git", ".git/refs", ".git/refs/heads" }, "", "main", NULL, ".git/refs/heads/main" },
	{ "packed, with a work tree",
	  { ".git", ".git/refs", ".git/refs/heads" },
	  "",
	  "main",
	  NULL,
	  ".git/packed-refs" },
};

static void watch_start(struct witness *witness, const char *folder, const struct repository_case *row)
{
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(free) char *url = string_format("%s%s", row->scheme, folder);

	for (size_t i = 0; i < ARRAY_SIZE(row->folders) && row->folders[i]; i++)
		folder_make(folder, row->folders[i]);
	witness->watch = watch_repository_new(&witness->loop, url, row->branch, on_changed, witness, &err);
	ck_assert_msg(witness->watch != NULL, "%s: %s", row->name, err.message);
}

START_TEST(pushes_are_seen)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(folder) char *folder = folder_new();
		cleanup(witness) struct witness witness;

		witness_init(&witness);
		watch_start(&witness, folder, &cases[i]);
		if (cases[i].made)
			folder_make(folder, cases[i].made);
		else
			reference_write(folder, cases[i].reference);
		wait_for_change(&witness, cases[i].name);
	}
}
END_TEST

/* The lock that Git writes first is no news: a push is told once. */
START_TEST(a_push_is_told_once)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(witness) struct witness witness;

	witness_init(&witness);
	watch_start(&witness, folder, &cases[0]);
	for (unsigned pushes = 1; pushes <= 3; pushes++) {
		witness.changes = 0;
		reference_write(folder, "refs/heads/main");
		wait_for_change(&witness, "a push");
		ck_assert_uint_eq(witness.changes, 1);
	}
}
END_TEST

START_TEST(other_machines_are_not_watched)
{
	static const char *const urls[] = { "https://git.example.org/labs.git", "ssh://git@git.example.org/labs.git",
					    "git@git.example.org:labs.git", "relative/labs.git", "" };
	cleanup(witness) struct witness witness;

	witness_init(&witness);
	for (size_t i = 0; i < ARRAY_SIZE(urls); i++) {
		cleanup(error) struct error err = ERROR_INIT;

		ck_assert_ptr_null(watch_repository_new(&witness.loop, urls[i], "main", on_changed, &witness, &err));
		ck_assert_msg(err.code == ERROR_NONE, "%s: %s", urls[i], err.message);
	}
}
END_TEST

START_TEST(nothing_to_watch)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *missing = string_format("%s/none.git", folder), *file = string_format("%s/file", missing);
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(witness) struct witness witness;

	witness_init(&witness);
	ck_assert_ptr_null(watch_repository_new(&witness.loop, missing, "main", on_changed, &witness, &err));
	ck_assert_int_eq(err.code, ERROR_SYSTEM);
	ck_assert_ptr_nonnull(strstr(err.message, missing));
	error_deinit(&err);
	ck_assert_ptr_null(watch_file_new(&witness.loop, file, on_changed, &witness, &err));
	ck_assert_int_eq(err.code, ERROR_SYSTEM);
	ck_assert_ptr_nonnull(strstr(err.message, missing));
}
END_TEST

START_TEST(a_file_that_is_written)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *path = folder_write(folder, "labsync.yaml", "a"), *again = NULL;
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(witness) struct witness witness;

	witness_init(&witness);
	witness.watch = watch_file_new(&witness.loop, path, on_changed, &witness, &err);
	ck_assert_ptr_nonnull(witness.watch);
	again = folder_write(folder, "labsync.yaml", "b");
	wait_for_change(&witness, "a write");
}
END_TEST

START_TEST(a_file_that_is_replaced)
{
	cleanup(folder) char *folder = folder_new(), *aside = folder_new();
	cleanup(free) char *path = folder_write(folder, "labsync.yaml", "a"), *other = NULL;
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(witness) struct witness witness;

	witness_init(&witness);
	witness.watch = watch_file_new(&witness.loop, path, on_changed, &witness, &err);
	ck_assert_ptr_nonnull(witness.watch);
	for (int i = 0; i < 2; i++) {
		witness.changes = 0;
		free(other);
		other = folder_write(aside, "labsync.yaml", "b");
		ck_assert_int_eq(rename(other, path), 0);
		wait_for_change(&witness, "a replacement");
	}
}
END_TEST

START_TEST(freeing_nothing)
{
	watch_free(NULL);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { pushes_are_seen,  a_push_is_told_once,    other_machines_are_not_watched,
				 nothing_to_watch, a_file_that_is_written, a_file_that_is_replaced,
				 freeing_nothing };

	return suite_run("watch", tests, ARRAY_SIZE(tests));
}
