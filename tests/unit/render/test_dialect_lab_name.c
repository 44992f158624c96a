/* What the Lab is called that a file's documents become. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "render/dialects/translate.h"
#include "render/lab/names.h"
#include "tests/unit/suite.h"

#define TEN(text) text text text text text text text text text text

static const struct {
	const char *path, *root, *name;
} names[] = {
	{ "vm.yaml", NULL, "vm" },
	{ "teams/web/vm.yaml", NULL, "teams-web-vm" },
	{ "./teams/vm.yml", NULL, "teams-vm" },
	{ "repo/teams/vm.json", "repo", "teams-vm" },
	{ "repo/teams/vm.json", "", "repo-teams-vm" },
	{ "repository/vm.yaml", "repo", "repository-vm" },
	{ "Web Server (old).yaml", NULL, "web-server-old" },
	{ "a.b.c.yaml", NULL, "a-b-c" },
	{ "vm.yaml.yaml", NULL, "vm-yaml" },
	{ "1st.yaml", NULL, "file-1st" },
	/* Letters that a name cannot have are not just left out: other files' may be left with the same. */
	{ "ünder.yaml", NULL, "nder-a0007aae" },
	{ "---.yaml", NULL, "file-b925a5cd" },
	/* Of a long path the end stays, from a letter on. */
	{ TEN("abcdefghi/") "vm.yaml", NULL, "i-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-vm-0a297eb3" },
	{ "a" TEN("1234567890") ".yaml", NULL, NULL },
	{ TEN("1234567890") ".yaml", NULL, NULL },
};

START_TEST(a_file_has_one_name)
{
	cleanup(arena) struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const char *name = translate_lab_name(&arena, names[i].path, names[i].root);

		if (names[i].name)
			ck_assert_str_eq(name, names[i].name);
		ck_assert_msg(text_is_dns_label(name) && name[0] >= 'a' && strlen(name) <= NAME_LENGTH_MAX,
			      "%s is named %s", names[i].path, name);
	}
}
END_TEST

START_TEST(files_that_only_differ_in_what_is_left_out_have_two_names)
{
	static const char *const paths[][2] = {
		{ "лаб.yaml", "сеть.yaml" },
		{ TEN("a123456789") "1.yaml", TEN("a123456789") "2.yaml" },
		{ TEN("1234567890") "1.yaml", TEN("1234567890") "2.yaml" },
		{ "x/" TEN("abcdefghi/") "vm.yaml", "y/" TEN("abcdefghi/") "vm.yaml" },
	};
	cleanup(arena) struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
		ck_assert_str_ne(translate_lab_name(&arena, paths[i][0], NULL),
				 translate_lab_name(&arena, paths[i][1], NULL));
}
END_TEST

int main(void)
{
	const TTest *tests[] = {
		a_file_has_one_name,
		files_that_only_differ_in_what_is_left_out_have_two_names,
	};

	return suite_run("names of labs from files", tests, ARRAY_SIZE(tests));
}
