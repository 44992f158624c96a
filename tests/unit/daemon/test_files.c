#include "daemon/files.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "render/yaml/yaml.h"
#include "tests/unit/suite.h"

/* Made by the first test and removed by the last, since they stand in one process. */
static char folder[sizeof("/tmp/labsync-files-XXXXXX")];

static char *path_new(const char *name)
{
	return string_format("%s/%s", folder, name);
}

static void file_write(const char *name, const char *text)
{
	cleanup(free) char *path = path_new(name);
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
}

static void folder_make(const char *name)
{
	cleanup(free) char *path = path_new(name);

	ck_assert_int_eq(mkdir(path, 0700), 0);
}

static void link_make(const char *name, const char *target)
{
	cleanup(free) char *path = path_new(name);

	ck_assert_int_eq(symlink(target, path), 0);
}

static void pipe_make(const char *name)
{
	cleanup(free) char *path = path_new(name);

	ck_assert_int_eq(mkfifo(path, 0600), 0);
}

/* "one/" has what is wanted and what is not; "two/" only the latter. */
START_TEST(the_tree_is_made)
{
	memcpy(folder, "/tmp/labsync-files-XXXXXX", sizeof(folder));
	ck_assert_ptr_nonnull(mkdtemp(folder));
	folder_make("one");
	folder_make("one/sub");
	folder_make("one/.git");
	folder_make("two");
	file_write("one/b.yaml", "b");
	file_write("one/a.yml", "a");
	file_write("one/c.json", "{}");
	file_write("one/README.md", "no");
	file_write("one/.hidden.yaml", "no");
	file_write("one/.git/x.yaml", "no");
	file_write("one/sub/d.yaml", "d");
	file_write("two/other.txt", "text");
	link_make("one/link.yaml", "b.yaml");
	link_make("one/loop", "..");
	pipe_make("one/pipe.yaml");
}
END_TEST

static void tree_remove(void)
{
	static const char *const names[] = {
		"one/b.yaml",       "one/a.yml",       "one/c.json",     "one/README.md", "one/link.yaml",
		"one/.hidden.yaml", "one/.git/x.yaml", "one/sub/d.yaml", "two/other.txt", "one/loop",
		"one/pipe.yaml",    "one/.git",        "one/sub",        "one",           "two",
		"large.yaml"
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		cleanup(free) char *path = path_new(names[i]);

		remove(path);
	}
	rmdir(folder);
}

START_TEST(a_folder_gives_its_labs_by_path)
{
	static const char *const wanted[] = { "one/a.yml", "one/b.yaml", "one/c.json", "one/sub/d.yaml" };
	cleanup(files) struct files files = FILES_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(free) char *path = path_new("one/");

	ck_assert_msg(files_add(&files, path, &err), "%s", err.message);
	ck_assert_uint_eq(files.count, ARRAY_SIZE(wanted));
	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
		cleanup(free) char *expected = path_new(wanted[i]);

		ck_assert_str_eq(files.items[i].path, expected);
		ck_assert_uint_eq(files.items[i].length, strlen(files.items[i].text));
	}
	ck_assert_str_eq(files.items[3].text, "d");
}
END_TEST

START_TEST(a_file_is_read_whatever_its_name)
{
	cleanup(files) struct files files = FILES_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(free) char *plain = path_new("two/other.txt");
	cleanup(free) char *link = path_new("one/link.yaml");

	ck_assert(files_add(&files, plain, &err));
	ck_assert(files_add(&files, link, &err));
	ck_assert_uint_eq(files.count, 2);
	ck_assert_str_eq(files.items[0].text, "text");
	ck_assert_str_eq(files.items[1].text, "b");
}
END_TEST

START_TEST(what_cannot_be_read_is_an_error)
{
	static const struct {
		const char *name;
		enum error_code code;
	} cases[] = { { "missing.yaml", ERROR_SYSTEM }, { "two", ERROR_NOT_FOUND } };

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(files) struct files files = FILES_INIT;
		cleanup(error) struct error err = ERROR_INIT;
		cleanup(free) char *path = path_new(cases[i].name);

		ck_assert_msg(!files_add(&files, path, &err), "%s", path);
		ck_assert_int_eq(err.code, cases[i].code);
		ck_assert_ptr_nonnull(strstr(err.message, path));
	}
}
END_TEST

START_TEST(a_file_that_is_too_large_is_refused)
{
	cleanup(files) struct files files = FILES_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(free) char *path = path_new("large.yaml");

	file_write("large.yaml", "");
	ck_assert_int_eq(truncate(path, YAML_SIZE_MAX), 0);
	ck_assert(files_add(&files, path, &err));
	ck_assert_int_eq(truncate(path, YAML_SIZE_MAX + 1), 0);
	ck_assert(!files_add(&files, path, &err));
	ck_assert_int_eq(err.code, ERROR_LIMIT);
}
END_TEST

START_TEST(the_tree_is_removed)
{
	tree_remove();
	ck_assert_int_ne(access(folder, F_OK), 0);
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		the_tree_is_made,
		a_folder_gives_its_labs_by_path,
		a_file_is_read_whatever_its_name,
		what_cannot_be_read_is_an_error,
		a_file_that_is_too_large_is_refused,
		the_tree_is_removed,
	};

	return suite_run("files", tests, ARRAY_SIZE(tests));
}
