#include "daemon/disk_lookup.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/text.h"
#include "tests/unit/suite.h"

/* Made by the first test, which goes there, and removed by the last, since they stand in one process. */
static char folder[sizeof("/tmp/labsync-lookup-XXXXXX")], before[4096];

enum { MOST = 100 };

static void file_write(const char *name, const char *text)
{
	FILE *file = fopen(name, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	ck_assert_int_eq(fclose(file), 0);
}

START_TEST(the_tree_is_made)
{
	char large[MOST + 2];

	memset(large, 'x', sizeof(large));
	large[MOST + 1] = '\0';
	ck_assert_ptr_nonnull(getcwd(before, sizeof(before)));
	memcpy(folder, "/tmp/labsync-lookup-XXXXXX", sizeof(folder));
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
	ck_assert_int_eq(mkdir("labs", 0700) | mkdir("labs/conf", 0700) | mkdir("labs2", 0700), 0);
	file_write("labs/a.yaml", "a");
	file_write("labs/conf/frr.conf", "frr");
	file_write("labs/large", large);
	file_write("labs2/other", "other");
	file_write("outside", "outside");
	ck_assert_int_eq(symlink("conf/frr.conf", "labs/link"), 0);
	ck_assert_int_eq(symlink("conf", "labs/folder-link"), 0);
	ck_assert_int_eq(symlink("../outside", "labs/leaving"), 0);
	ck_assert_int_eq(mkfifo("labs/pipe", 0600), 0);
}
END_TEST

static const struct lookup_case {
	char *arguments[3];
	const char *root; /* NULL: there is none */
	const char *path, *text; /* NULL text: refused with */
	const char *refusal;
} cases[] = {
	{ { "labs" }, "labs", "labs/conf/frr.conf", "frr", NULL },
	{ { "labs/" }, "labs/", "labs/conf/frr.conf", "frr", NULL },
	{ { "./labs" }, "./labs", "./labs/conf/frr.conf", "frr", NULL },
	{ { "./labs" }, "./labs", "labs/./conf//frr.conf", "frr", NULL },
	{ { "." }, ".", "labs/conf/frr.conf", "frr", NULL },
	{ { "labs/a.yaml" }, "labs", "labs/conf/frr.conf", "frr", NULL },
	{ { "labs", "labs/conf" }, "labs", "labs/conf/frr.conf", "frr", NULL },
	{ { "labs", "labs2" }, "", "labs2/other", "other", NULL },
	{ { "-", "labs2" }, "labs2", "labs2/other", "other", NULL },
	{ { "-" }, NULL, NULL, NULL, NULL },

	{ { "labs" }, "labs", "labs2/other", NULL, "outside of the folders" },
	{ { "labs", "labs2" }, "", "outside", NULL, "outside of the folders" },
	{ { "labs" }, "labs", "labs/../outside", NULL, "outside of the folders" },
	{ { "." }, ".", "../x", NULL, "outside of the folders" },
	{ { "." }, ".", "/etc/passwd", NULL, "outside of the folders" },
	{ { "labs" }, "labs", "labs", NULL, "outside of the folders" },
	{ { "labs" }, "labs", "labs/nothing", NULL, "No such file" },
	{ { "labs" }, "labs", "labs/conf", NULL, "no regular file" },
	{ { "labs" }, "labs", "labs/pipe", NULL, "no regular file" },
	{ { "labs" }, "labs", "labs/link", NULL, "symbolic links are not followed" },
	{ { "labs" }, "labs", "labs/leaving", NULL, "symbolic links are not followed" },
	{ { "labs" }, "labs", "labs/folder-link/frr.conf", NULL, "symbolic links are not followed" },
	{ { "labs" }, "labs", "labs/large", NULL, "more than the 100" },
};

START_TEST(table)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct lookup_case *row = &cases[i];
		cleanup(disk_lookup) struct disk_lookup lookup = { .count = 0 };
		cleanup(buffer) struct buffer text = BUFFER_INIT;
		cleanup(error) struct error err = ERROR_INIT;
		const struct lab_lookup *use;
		bool read;

		disk_lookup_init(&lookup, (char *const *)row->arguments);
		use = disk_lookup_use(&lookup);
		ck_assert_msg(text_equal(use ? use->root : NULL, row->root), "row %zu: %s", i, use ? use->root : "");
		if (use == NULL)
			continue;
		read = use->read(use->context, row->path, MOST, &text, &err);
		ck_assert_msg(read == (row->text != NULL), "row %zu: %s", i, err.message);
		if (read)
			ck_assert_str_eq(buffer_text(&text), row->text);
		else
			ck_assert_msg(strstr(err.message, row->refusal) != NULL, "row %zu: %s", i, err.message);
	}
}
END_TEST

START_TEST(an_absolute_folder)
{
	cleanup(free) char *labs = string_format("%s/labs", folder);
	cleanup(free) char *path = string_format("%s/conf/frr.conf", labs);
	cleanup(disk_lookup) struct disk_lookup lookup = { .count = 0 };
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	char *arguments[] = { labs, NULL };

	disk_lookup_init(&lookup, arguments);
	ck_assert_str_eq(lookup.lookup.root, labs);
	ck_assert_msg(lookup.lookup.read(lookup.lookup.context, path, MOST, &text, &err), "%s", err.message);
	ck_assert_str_eq(buffer_text(&text), "frr");
}
END_TEST

START_TEST(the_tree_is_removed)
{
	static const char *const names[] = {
		"labs/pipe",  "labs/leaving",       "labs/folder-link", "labs/link", "outside", "labs2/other",
		"labs/large", "labs/conf/frr.conf", "labs/a.yaml",      "labs/conf", "labs",    "labs2"
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		ck_assert_msg(remove(names[i]) == 0, "%s", names[i]);
	ck_assert_int_eq(chdir(before), 0);
	ck_assert_int_eq(rmdir(folder), 0);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { the_tree_is_made, table, an_absolute_folder, the_tree_is_removed };

	return suite_run("disk_lookup", tests, ARRAY_SIZE(tests));
}
