#include "tests/unit/suite.h"

#include <stdio.h>
#include <unistd.h>

#include "base/file.h"

static char *folder_new(void)
{
	char *folder = string_copy("/tmp/labsync-test-XXXXXX");

	ck_assert_ptr_nonnull(mkdtemp(folder));
	return folder;
}

START_TEST(whole_and_bounded)
{
	cleanup(free) char *folder = folder_new();
	cleanup(free) char *path = string_format("%s/a", folder);
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	FILE *stream = fopen(path, "w");

	fputs("12345", stream);
	fclose(stream);
	ck_assert(file_read(path, 5, &text, &err));
	ck_assert_str_eq(text.data, "12345");
	ck_assert(!file_read(path, 4, &text, &err));
	ck_assert_int_eq(err.code, ERROR_LIMIT);
	ck_assert(!file_read(folder, 4, &text, &err));
	ck_assert_int_eq(err.code, ERROR_SYSTEM);
	ck_assert(!file_read("/nowhere/x", 4, &text, &err));
	ck_assert_int_eq(err.code, ERROR_NOT_FOUND);
	unlink(path);
	rmdir(folder);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { whole_and_bounded };

	return suite_run("file", tests, ARRAY_SIZE(tests));
}
