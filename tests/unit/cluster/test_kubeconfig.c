#include "sync/cluster/kubeconfig.h"

#include <string.h>

#include "base/text.h"
#include "tests/unit/suite.h"

static bool add(struct kubeconfig *config, const char *path, const char *text, struct error *err)
{
	return kubeconfig_add(config, path, text, strlen(text), err);
}

static const struct refused_case {
	const char *name, *text;
	size_t line, column;
	const char *message; /* a part of it */
} refused_cases[] = {
	{ "no YAML", "a: [", 0, 0, "" },
	{ "a list", "- a\n", 1, 1, "a kubeconfig must be a mapping" },
	{ "another kind", "kind: Secret\n", 1, 1, "a kubeconfig has kind: Config" },
	{ "clusters is no list", "clusters:\n  a: b\n", 2, 3, "clusters must be a list" },
	{ "an item is no mapping", "users:\n- a\n", 2, 3, "each of users must be a mapping" },
	{ "an item has no name", "contexts:\n- context: {}\n", 2, 3, "this context has no name" },
	{ "a name is a list", "contexts:\n- name: [a]\n", 2, 9, "name must be a string" },
	{ "the member is text", "users:\n- name: a\n  user: b\n", 3, 9, "user must be a mapping" },
	{ "a name twice", "users:\n- name: a\n- name: a\n", 3, 3, "user \"a\" stands twice" },
	{ "current-context is a list", "current-context: [a]\n", 1, 18, "current-context must be a string" },
	{ "two documents", "kind: Config\n---\nkind: Config\n", 3, 1, "one YAML document" },
};

START_TEST(refused)
{
	for (size_t i = 0; i < ARRAY_SIZE(refused_cases); i++) {
		const struct refused_case *c = &refused_cases[i];
		cleanup(kubeconfig) struct kubeconfig config = KUBECONFIG_INIT;
		cleanup(error) struct error err = ERROR_INIT;

		ck_assert_msg(!add(&config, "k.yaml", c->text, &err), "%s", c->name);
		ck_assert_msg(err.code == ERROR_INVALID && strstr(err.message, c->message), "%s: %s", c->name,
			      err.message);
		ck_assert_str_eq(err.path, "k.yaml");
		if (c->line)
			ck_assert_msg(err.line == c->line && err.column == c->column, "%s: %zu:%zu", c->name,
				      err.line, err.column);
	}
}
END_TEST

START_TEST(the_first_file_wins_by_name)
{
	cleanup(kubeconfig) struct kubeconfig config = KUBECONFIG_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(free) char *names = NULL;
	const struct kubeconfig_entry *user;
	const char *text;

	ck_assert(add(&config, "first", "users:\n- name: a\n  user: {token: one}\n", &err));
	ck_assert(add(&config, "second",
		      "current-context: x\nusers:\n- name: a\n  user: {token: two, username: u}\n- name: b\n"
		      "  user: {token: 3}\n",
		      &err));
	ck_assert(add(&config, "third", "current-context: y\n", &err));
	ck_assert_uint_eq(config.files, 3);
	ck_assert_str_eq(config.current_context, "x");
	user = kubeconfig_find(&config, KUBECONFIG_USER, "a");
	ck_assert_str_eq(user->path, "first");
	ck_assert(kubeconfig_text(user, user->node, "token", &text, &err));
	ck_assert_str_eq(text, "one");
	ck_assert(kubeconfig_text(user, user->node, "username", &text, &err));
	ck_assert_ptr_null(text);
	user = kubeconfig_find(&config, KUBECONFIG_USER, "b");
	ck_assert(kubeconfig_text(user, user->node, "token", &text, &err));
	ck_assert_str_eq(text, "3");
	names = kubeconfig_names_new(&config, KUBECONFIG_USER);
	ck_assert_str_eq(names, "a, b");
	ck_assert_ptr_null(kubeconfig_find(&config, KUBECONFIG_CLUSTER, "a"));
}
END_TEST

START_TEST(empty_files_are_fine)
{
	static const char *const texts[] = { "", "# nothing\n", "{}", "kind: Config\nusers: null\n" };
	cleanup(kubeconfig) struct kubeconfig config = KUBECONFIG_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(free) char *names = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		ck_assert_msg(add(&config, "k", texts[i], &err), "%s: %s", texts[i], err.message);
	names = kubeconfig_names_new(&config, KUBECONFIG_CONTEXT);
	ck_assert_str_eq(names, "none");
}
END_TEST

/* What is written beside "user:" instead of under it is not taken for it. */
START_TEST(a_missing_member_is_empty)
{
	cleanup(kubeconfig) struct kubeconfig config = KUBECONFIG_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	const struct kubeconfig_entry *user;
	const char *text;

	ck_assert(add(&config, "k", "users:\n- name: a\n  token: misplaced\n", &err));
	user = kubeconfig_find(&config, KUBECONFIG_USER, "a");
	ck_assert(kubeconfig_text(user, user->node, "token", &text, &err));
	ck_assert_ptr_null(text);
}
END_TEST

START_TEST(a_missing_file_is_told_apart)
{
	cleanup(kubeconfig) struct kubeconfig config = KUBECONFIG_INIT;
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert(!kubeconfig_read(&config, "/nowhere/kubeconfig", &err));
	ck_assert_int_eq(err.code, ERROR_NOT_FOUND);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { refused, the_first_file_wins_by_name, empty_files_are_fine,
				       a_missing_member_is_empty, a_missing_file_is_told_apart };

	return suite_run("cluster/kubeconfig", tests, ARRAY_SIZE(tests));
}
