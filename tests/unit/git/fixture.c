#include "tests/unit/git/fixture.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"

enum { OPEN_FOLDERS = 16 };

#define PREAMBLE                                                                                                     \
	"set -e; cd '%s'; export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 LC_ALL=C "                        \
	"GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=Ada "                               \
	"GIT_COMMITTER_EMAIL=ada@example.org GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory "                    \
	"GIT_CONFIG_VALUE_0='*'; "

char *fixture_folder_new(void)
{
	const char *base = getenv("TMPDIR");
	char *path = string_format("%s/labsync-test-XXXXXX", base ? base : "/tmp");

	ck_assert_ptr_nonnull(mkdtemp(path));
	return path;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *position)
{
	(void)status;
	(void)type;
	(void)position;
	return remove(path);
}

void fixture_folder_remove(char *folder)
{
	if (folder)
		nftw(folder, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
	free(folder);
}

static char *run(const char *folder, const char *script)
{
	cleanup(free) char *command = string_format(PREAMBLE "%s", folder, script);
	cleanup(buffer) struct buffer output = BUFFER_INIT;
	FILE *stream = popen(command, "re");
	char part[4096];
	size_t length;
	char *text;

	ck_assert_ptr_nonnull(stream);
	while ((length = fread(part, 1, sizeof(part), stream)) > 0)
		buffer_append(&output, part, length);
	ck_assert_msg(pclose(stream) == 0, "this script failed: %s", script);
	text = buffer_steal(&output);
	text[strcspn(text, "\n")] = '\0';
	return text;
}

void fixture_run(const char *folder, const char *format, ...)
{
	cleanup(free) char *script = NULL, *output = NULL;
	va_list arguments;

	va_start(arguments, format);
	script = string_vformat(format, arguments);
	va_end(arguments);
	output = run(folder, script);
}

char *fixture_output_new(const char *folder, const char *format, ...)
{
	cleanup(free) char *script = NULL;
	va_list arguments;

	va_start(arguments, format);
	script = string_vformat(format, arguments);
	va_end(arguments);
	return run(folder, script);
}

void fixture_write(const char *folder, const char *name, const char *text)
{
	cleanup(free) char *path = string_format("%s/%s", folder, name);
	FILE *stream = fopen(path, "we");

	ck_assert_ptr_nonnull(stream);
	ck_assert_int_ge(fputs(text, stream), 0);
	ck_assert_int_eq(fclose(stream), 0);
}
