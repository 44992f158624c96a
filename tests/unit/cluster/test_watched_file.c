#include "sync/cluster/watched_file.h"

#include "tests/unit/cluster/folder.h"

static void watched_file_cleanup(struct watched_file *file)
{
	watched_file_deinit(file);
}

START_TEST(read_again_when_it_changes)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *path = folder_write(folder, "token", "one");
	cleanup(watched_file) struct watched_file file = { .path = NULL };
	cleanup(error) struct error err = ERROR_INIT;
	bool changed = false;

	watched_file_init(&file, path);
	ck_assert(watched_file_update(&file, 1000, WATCHED_FILE_PAUSED, &changed, &err));
	ck_assert(changed);
	ck_assert_str_eq(file.text, "one");

	changed = false;
	free(folder_write(folder, "token", "second"));
	ck_assert(watched_file_update(&file, 1000 + WATCHED_FILE_PAUSE_MS - 1, WATCHED_FILE_PAUSED, &changed, &err));
	ck_assert(!changed);
	ck_assert(watched_file_update(&file, 1000 + WATCHED_FILE_PAUSE_MS, WATCHED_FILE_PAUSED, &changed, &err));
	ck_assert(changed);
	ck_assert_str_eq(file.text, "second");

	changed = false;
	free(folder_write(folder, "token", "third."));
	ck_assert(watched_file_update(&file, 1001 + WATCHED_FILE_PAUSE_MS, WATCHED_FILE_NOW, &changed, &err));
	ck_assert(changed);
	ck_assert_str_eq(file.text, "third.");

	changed = false;
	ck_assert_int_eq(remove(path), 0);
	ck_assert(watched_file_update(&file, 1002 + WATCHED_FILE_PAUSE_MS, WATCHED_FILE_NOW, &changed, &err));
	ck_assert(!changed);
	ck_assert_str_eq(file.text, "third.");
}
END_TEST

START_TEST(missing_from_the_start)
{
	cleanup(watched_file) struct watched_file file = { .path = NULL };
	cleanup(error) struct error err = ERROR_INIT;
	bool changed = false;

	watched_file_init(&file, "/nowhere/token");
	ck_assert(!watched_file_update(&file, 0, WATCHED_FILE_PAUSED, &changed, &err));
	ck_assert_int_eq(err.code, ERROR_NOT_FOUND);
}
END_TEST

START_TEST(no_file_at_all)
{
	cleanup(watched_file) struct watched_file file = { .path = NULL };
	cleanup(error) struct error err = ERROR_INIT;
	bool changed = false;

	watched_file_init(&file, NULL);
	ck_assert(watched_file_update(&file, 0, WATCHED_FILE_NOW, &changed, &err));
	ck_assert(!changed);
	ck_assert_ptr_null(file.text);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { read_again_when_it_changes, missing_from_the_start, no_file_at_all };

	return suite_run("cluster/watched_file", tests, ARRAY_SIZE(tests));
}
