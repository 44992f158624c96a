#include "daemon/cache.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "sync/git/repository.h"
#include "tests/unit/cluster/folder.h"

static void cache_lock_cleanup(struct cache_lock *lock)
{
	cache_lock_release(lock);
}

START_TEST(lock_makes_the_folders_above)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *directory = string_format("%s/a/b/labs.git", folder);
	cleanup(free) char *above = string_format("%s/a/b", folder);
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(cache_lock) struct cache_lock lock = { .descriptor = -1 };
	struct stat status;

	ck_assert(cache_lock_take(&lock, directory, &err));
	ck_assert_int_ge(lock.descriptor, 0);
	ck_assert_int_eq(stat(above, &status), 0);
	ck_assert_uint_eq(status.st_mode & 0777, 0700);
	ck_assert_int_ne(access(directory, F_OK), 0);
}
END_TEST

START_TEST(one_holder_at_a_time)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *directory = string_format("%s/labs.git", folder);
	cleanup(free) char *other = string_format("%s/more.git", folder);
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(cache_lock) struct cache_lock first = { -1 }, second = { -1 }, third = { -1 };

	ck_assert(cache_lock_take(&first, directory, &err));
	ck_assert(!cache_lock_take(&second, directory, &err));
	ck_assert_int_eq(err.code, ERROR_CONFLICT);
	ck_assert_ptr_nonnull(strstr(err.message, directory));
	ck_assert_int_eq(second.descriptor, -1);
	error_deinit(&err);
	ck_assert(cache_lock_take(&third, other, &err));
	cache_lock_release(&first);
	ck_assert(cache_lock_take(&second, directory, &err));
	cache_lock_release(&first); /* not held: nothing to do */
	ck_assert_int_ge(second.descriptor, 0);
}
END_TEST

START_TEST(lock_where_no_folder_can_be)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *file = folder_write(folder, "file", "");
	cleanup(free) char *directory = string_format("%s/sub/labs.git", file);
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(cache_lock) struct cache_lock lock = { -1 };

	ck_assert(!cache_lock_take(&lock, directory, &err));
	ck_assert_int_eq(err.code, ERROR_SYSTEM);
	ck_assert_ptr_nonnull(strstr(err.message, file));
	ck_assert_int_eq(lock.descriptor, -1);
}
END_TEST

/* A repository, and a file of ours in it that shows whether it is still the same. */
static char *repository_path_new(const char *folder, char **mark)
{
	char *directory = string_format("%s/labs.git", folder);
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert_msg(cache_check(directory, &err), "%s", err.message);
	*mark = folder_write(directory, "description", "mine");
	return directory;
}

static bool is_marked(const char *mark)
{
	char text[16] = "";
	FILE *file = fopen(mark, "r");

	if (file == NULL)
		return false;
	if (fgets(text, sizeof(text), file) == NULL)
		text[0] = '\0';
	fclose(file);
	return strcmp(text, "mine") == 0;
}

START_TEST(a_missing_clone_is_made)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *mark = NULL, *directory = repository_path_new(folder, &mark);
	cleanup(free) char *head = string_format("%s/HEAD", directory);

	ck_assert_int_eq(access(head, F_OK), 0);
}
END_TEST

START_TEST(a_sound_clone_stays)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *mark = NULL, *directory = repository_path_new(folder, &mark);
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert(cache_check(directory, &err));
	ck_assert(is_marked(mark));
}
END_TEST

/* What a crash or a full disk may leave. */
static const struct damage_case {
	const char *file, *text; /* NULL: removed */
} damages[] = {
	{ "HEAD", NULL },
	{ "config", "[core\n" },
	{ "config", "[core]\n\trepositoryformatversion = 7\n" },
};

START_TEST(a_broken_clone_is_made_anew)
{
	log_configure(LOG_ERROR, LOG_TEXT);
	for (size_t i = 0; i < ARRAY_SIZE(damages); i++) {
		cleanup(folder) char *folder = folder_new();
		cleanup(free) char *mark = NULL, *directory = repository_path_new(folder, &mark);
		cleanup(free) char *damaged =
			folder_write(directory, damages[i].file, damages[i].text ? damages[i].text : "");
		cleanup(error) struct error err = ERROR_INIT;

		if (damages[i].text == NULL)
			ck_assert_int_eq(unlink(damaged), 0);
		ck_assert_msg(cache_check(directory, &err), "%s: %s", damages[i].file, err.message);
		ck_assert_msg(!is_marked(mark), "%s: it is the old one", damages[i].file);
		ck_assert_int_eq(err.code, ERROR_NONE);
	}
}
END_TEST

/* Somebody named a folder of their own. */
START_TEST(foreign_files_stay)
{
	cleanup(folder) char *folder = folder_new();
	cleanup(free) char *thesis = folder_write(folder, "thesis.txt", "years of work");
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert(!cache_check(folder, &err));
	ck_assert_int_ne(err.code, ERROR_NONE);
	ck_assert_ptr_nonnull(strstr(err.message, folder));
	ck_assert_int_eq(access(thesis, F_OK), 0);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { lock_makes_the_folders_above,
				 one_holder_at_a_time,
				 lock_where_no_folder_can_be,
				 a_missing_clone_is_made,
				 a_sound_clone_stays,
				 a_broken_clone_is_made_anew,
				 foreign_files_stay };

	return suite_run("cache", tests, ARRAY_SIZE(tests));
}
