#include <string.h>
#include <unistd.h>

#include "sync/git/repository.h"
#include "tests/unit/git/fixture.h"
#include "tests/unit/suite.h"

#define REFERENCE "refs/labsync/head"

static struct repository *open_or_fail(const char *directory)
{
	cleanup(error) struct error err = ERROR_INIT;
	struct repository *repository = repository_open(directory, &err);

	ck_assert_msg(repository != NULL, "%s: %s", directory, err.message);
	return repository;
}

/* A bare repository "r" below `folder` whose main has what `script` commits in a work tree. */
static char *make_repository(const char *folder, const char *script)
{
	fixture_run(folder,
		    "git init -q -b main w; cd w; %s; git add -A; git commit -q --allow-empty -m subject; "
		    "cd ..; git clone -q --bare w r",
		    script);
	return string_format("%s/r", folder);
}

static char *head_new(const char *folder)
{
	return fixture_output_new(folder, "git -C r rev-parse refs/heads/main");
}

START_TEST(makes_what_is_not_there_and_opens_it_again)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(free) char *directory = string_format("%s/a/b", folder);

	for (int round = 0; round < 2; round++) {
		cleanup(repository) struct repository *repository = open_or_fail(directory);
		cleanup(error) struct error err = ERROR_INIT;
		char commit[COMMIT_ID_SIZE];

		ck_assert(!repository_resolve(repository, REFERENCE, commit, &err));
		ck_assert_int_eq(err.code, ERROR_NOT_FOUND);
	}
	fixture_run(directory, "test \"$(git config core.bare)\" = true");
}
END_TEST

static const struct broken_case {
	const char *name, *script;
	enum error_code code;
	const char *part; /* of the message */
} broken_cases[] = {
	{ "HEAD is gone", "git init -q --bare d; rm d/HEAD", ERROR_INVALID, "broken" },
	{ "objects are gone", "git init -q --bare d; rm -r d/objects", ERROR_INVALID, "broken" },
	{ "half made", "mkdir -p d/objects", ERROR_INVALID, "broken" },
	{ "configuration is garbage", "git init -q --bare d; echo '[[[' > d/config", ERROR_INVALID, "broken" },
	{ "sha256", "git init -q --bare --object-format=sha256 d", ERROR_INVALID, "SHA-256" },
	{ "somebody's folder", "mkdir d; echo precious > d/thesis.tex", ERROR_REFUSED, "empty directory" },
	{ "a work tree", "git init -q d; echo x > d/x", ERROR_REFUSED, "empty directory" },
	{ "a file", "echo x > d", ERROR_SYSTEM, "Not a directory" },
};

START_TEST(refuses_what_is_broken_or_foreign)
{
	for (size_t i = 0; i < ARRAY_SIZE(broken_cases); i++) {
		const struct broken_case *broken = &broken_cases[i];
		cleanup(fixture_folder) char *folder = fixture_folder_new();
		cleanup(free) char *directory = string_format("%s/d", folder);
		cleanup(error) struct error err = ERROR_INIT;
		cleanup(repository) struct repository *repository = NULL;

		fixture_run(folder, "%s", broken->script);
		repository = repository_open(directory, &err);
		ck_assert_msg(repository == NULL, "%s: it was opened", broken->name);
		ck_assert_msg(err.code == broken->code && strstr(err.message, broken->part), "%s: code %d, \"%s\"",
			      broken->name, (int)err.code, err.message);
	}
}
END_TEST

START_TEST(reads_a_commit)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(free) char *directory = make_repository(folder, "true"), *head = head_new(folder);
	cleanup(repository) struct repository *repository = open_or_fail(directory);
	cleanup(error) struct error err = ERROR_INIT;
	struct commit_summary summary;
	char commit[COMMIT_ID_SIZE];

	ck_assert(repository_set_reference(repository, REFERENCE, head, &err));
	ck_assert(repository_resolve(repository, REFERENCE, commit, &err));
	ck_assert_str_eq(commit, head);
	ck_assert_msg(repository_read_commit(repository, commit, &summary, &err), "%s", err.message);
	ck_assert_str_eq(summary.author, "Ada <ada@example.org>");
	ck_assert_str_eq(summary.subject, "subject");
	ck_assert_str_eq(summary.message, "subject\n");
	ck_assert_int_gt(summary.time, 0);
	commit_summary_deinit(&summary);
	ck_assert(!repository_read_commit(repository, "0123456789012345678901234567890123456789", &summary, &err));
	ck_assert_int_eq(err.code, ERROR_NOT_FOUND);
	ck_assert(!repository_read_commit(repository, "main", &summary, &err));
	ck_assert_int_eq(err.code, ERROR_INVALID);
}
END_TEST

START_TEST(knows_ancestors)
{
	static const char missing[] = "0123456789012345678901234567890123456789";
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(free) char *directory =
		make_repository(folder, "git commit -q --allow-empty -m 1; git tag one; "
					"git commit -q --allow-empty -m 2; git checkout -q --orphan other; "
					"git commit -q --allow-empty -m 3; git tag three; git checkout -q main");
	cleanup(free) char *head = head_new(folder), *one = fixture_output_new(folder, "git -C r rev-parse one"),
			   *three = fixture_output_new(folder, "git -C r rev-parse three");
	const struct {
		const char *ancestor, *commit;
		bool expected;
	} cases[] = { { one, head, true },    { head, one, false },     { head, head, true },
		      { three, head, false }, { missing, head, false }, { missing, missing, false } };
	cleanup(repository) struct repository *repository = open_or_fail(directory);

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(error) struct error err = ERROR_INIT;
		bool result = !cases[i].expected;

		ck_assert_msg(repository_is_ancestor(repository, cases[i].ancestor, cases[i].commit, &result, &err),
			      "case %zu: %s", i, err.message);
		ck_assert_msg(result == cases[i].expected, "case %zu: expected %d", i, cases[i].expected);
	}
}
END_TEST

static const char tree_script[] =
	"mkdir -p labs/deep .github labs/.hidden; echo a > labs/b.yaml; echo b > labs/deep/c.json; "
	"echo c > labs/a.yml; echo d > labs/readme.md; echo e > .github/x.yaml; echo f > labs/.hidden/x.yaml; "
	"echo g > labs/.dot.yaml; echo h > root.yaml; ln -s b.yaml labs/link.yaml; ln -s labs linked; "
	"echo i > labs.yaml; head -c 5000000 /dev/zero > labs/deep/large.yaml; echo j > other.yaml; "
	"git update-index --add --cacheinfo 160000,0123456789012345678901234567890123456789,module.yaml";

static const struct tree_case {
	const char *path, *files;
	bool exists;
} tree_cases[] = {
	{ "", "labs.yaml labs/a.yml labs/b.yaml labs/deep/c.json labs/deep/large.yaml! other.yaml root.yaml ", true },
	{ ".", "labs.yaml labs/a.yml labs/b.yaml labs/deep/c.json labs/deep/large.yaml! other.yaml root.yaml ",
	  true },
	{ "labs", "labs/a.yml labs/b.yaml labs/deep/c.json labs/deep/large.yaml! ", true },
	{ "./labs//deep/", "labs/deep/c.json labs/deep/large.yaml! ", true },
	{ "labs/b.yaml", "labs/b.yaml ", true },
	{ "labs/readme.md", "labs/readme.md ", true },
	{ ".github", ".github/x.yaml ", true },
	{ "nothing", "", false },
	{ "labs/nothing/at/all", "", false },
	{ "labs/b.yaml/x", "", false },
	{ "linked", "", false },
	{ "module.yaml", "", false },
};

static char *files_text_new(const struct tree_files *files)
{
	cleanup(free) char *text = string_copy("");

	for (size_t i = 0; i < files->count; i++) {
		char *longer =
			string_format("%s%s%s ", text, files->items[i].path, files->items[i].too_large ? "!" : "");

		free(text);
		text = longer;
	}
	return steal(&text);
}

START_TEST(reads_files)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(free) char *directory = make_repository(folder, tree_script), *head = head_new(folder);
	cleanup(repository) struct repository *repository = open_or_fail(directory);

	for (size_t i = 0; i < ARRAY_SIZE(tree_cases); i++) {
		cleanup(error) struct error err = ERROR_INIT;
		cleanup(tree_files) struct tree_files files = { .items = NULL };
		cleanup(free) char *text = NULL;

		ck_assert_msg(repository_read_files(repository, head, tree_cases[i].path, &files, &err), "%s: %s",
			      tree_cases[i].path, err.message);
		text = files_text_new(&files);
		ck_assert_msg(strcmp(text, tree_cases[i].files) == 0, "%s: expected \"%s\", got \"%s\"",
			      tree_cases[i].path, tree_cases[i].files, text);
		ck_assert_msg(files.path_exists == tree_cases[i].exists, "%s: exists", tree_cases[i].path);
	}
}
END_TEST

START_TEST(reads_texts)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(free) char *directory = make_repository(folder, tree_script), *head = head_new(folder);
	cleanup(repository) struct repository *repository = open_or_fail(directory);
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(tree_files) struct tree_files files = { .items = NULL };

	ck_assert(repository_read_files(repository, head, "labs", &files, &err));
	ck_assert_str_eq(files.items[1].text, "a\n");
	ck_assert_uint_eq(files.items[1].length, 2);
	ck_assert(files.items[3].too_large);
	ck_assert_str_eq(files.items[3].text, "");
}
END_TEST

static const struct file_case {
	const char *path, *text; /* NULL text: refused with */
	enum error_code code;
} file_cases[] = {
	{ "labs/readme.md", "d\n", ERROR_NONE },
	{ "labs/.hidden/x.yaml", "f\n", ERROR_NONE },
	{ "./labs//deep/../deep/c.json", NULL, ERROR_INVALID },
	{ "labs/deep/c.json", "b\n", ERROR_NONE },
	{ "labs/nothing", NULL, ERROR_NOT_FOUND },
	{ "labs/b.yaml/x", NULL, ERROR_NOT_FOUND },
	{ "labs", NULL, ERROR_NOT_FOUND },
	{ "", NULL, ERROR_NOT_FOUND },
	{ "labs/link.yaml", NULL, ERROR_NOT_FOUND },
	{ "linked/b.yaml", NULL, ERROR_NOT_FOUND },
	{ "module.yaml", NULL, ERROR_NOT_FOUND },
	{ "labs/deep/large.yaml", NULL, ERROR_LIMIT },
	{ "../x", NULL, ERROR_INVALID },
	{ "/etc/passwd", NULL, ERROR_INVALID },
};

START_TEST(reads_one_file)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(free) char *directory = make_repository(folder, tree_script), *head = head_new(folder);
	cleanup(repository) struct repository *repository = open_or_fail(directory);

	for (size_t i = 0; i < sizeof(file_cases) / sizeof(file_cases[0]); i++) {
		const struct file_case *row = &file_cases[i];
		cleanup(buffer) struct buffer text = BUFFER_INIT;
		cleanup(error) struct error err = ERROR_INIT;
		bool read = repository_read_file(repository, head, row->path, 1000, &text, &err);

		ck_assert_msg(read == (row->text != NULL) && err.code == row->code, "%s: %s", row->path, err.message);
		ck_assert_str_eq(buffer_text(&text), row->text ? row->text : "");
	}
}
END_TEST

static const struct refused_path {
	const char *script, *path;
	enum error_code code;
} refused_paths[] = {
	{ "true", "../x", ERROR_INVALID },
	{ "true", "labs/../../x", ERROR_INVALID },
	{ "true", "/etc", ERROR_INVALID },
	{ "p=d; for i in $(seq 70); do p=$p/d; done; mkdir -p $p; echo x > $p/x.yaml", "", ERROR_LIMIT },
	/* Seven folders of ten times the same folder: seventy entries in the database, ten million to walk. */
	{ "t=$(printf '100644 blob %s\\tx\\n' $(echo x | git hash-object -w --stdin) | git mktree); "
	  "for i in 1 2 3 4 5 6 7; do t=$(for j in 0 1 2 3 4 5 6 7 8 9; do printf '040000 tree %s\\t%s\\n' $t $j; "
	  "done "
	  "| git mktree); done; git read-tree --prefix=labs/ $(printf '100644 blob %s\\tx\\n' $(echo x | git "
	  "hash-object "
	  "-w --stdin) | git mktree); git tag bomb $(git commit-tree -m bomb $t)",
	  "", ERROR_LIMIT },
};

START_TEST(refuses_paths_and_trees_without_end)
{
	for (size_t i = 0; i < ARRAY_SIZE(refused_paths); i++) {
		cleanup(fixture_folder) char *folder = fixture_folder_new();
		cleanup(free) char *directory = make_repository(folder, refused_paths[i].script);
		cleanup(free) char *head = fixture_output_new(
			folder, "git -C r rev-parse --verify -q bomb || git -C r rev-parse refs/heads/main");
		cleanup(repository) struct repository *repository = open_or_fail(directory);
		cleanup(error) struct error err = ERROR_INIT;
		cleanup(tree_files) struct tree_files files = { .items = NULL };

		ck_assert_msg(!repository_read_files(repository, head, refused_paths[i].path, &files, &err),
			      "case %zu was read", i);
		ck_assert_msg(err.code == refused_paths[i].code, "case %zu: %s", i, err.message);
		ck_assert_uint_eq(files.count, 0);
	}
}
END_TEST

START_TEST(names_an_object_that_is_gone)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(free) char *directory = make_repository(folder, "echo a > a.yaml"), *head = head_new(folder);
	cleanup(repository) struct repository *repository = NULL;
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(tree_files) struct tree_files files = { .items = NULL };

	fixture_run(folder,
		    "cd r; for p in objects/pack/*.pack; do test ! -e $p || { mv $p ..; rm -f objects/pack/*; "
		    "git unpack-objects -q < ../${p##*/}; }; done; "
		    "b=$(git rev-parse main:a.yaml); rm -f objects/$(echo $b | cut -c1-2)/$(echo $b | cut -c3-)");
	repository = open_or_fail(directory);
	ck_assert(!repository_read_files(repository, head, "", &files, &err));
	ck_assert_msg(err.code == ERROR_INVALID && strstr(err.message, "a.yaml"), "%s", err.message);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { makes_what_is_not_there_and_opens_it_again,
				 refuses_what_is_broken_or_foreign,
				 reads_a_commit,
				 knows_ancestors,
				 reads_files,
				 reads_one_file,
				 reads_texts,
				 refuses_paths_and_trees_without_end,
				 names_an_object_that_is_gone };

	return suite_run("repository", tests, ARRAY_SIZE(tests));
}
