/* `labsync graph --from`, `labsync lint` and `labsync render --explain`, as they are called. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "daemon/command_graph.h"
#include "daemon/command_lint.h"
#include "daemon/command_render.h"
#include "tests/unit/daemon/call.h"
#include "tests/unit/git/fixture.h"
#include "tests/unit/suite.h"

#define HEAD "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nmetadata: {name: l}\n"
#define NODES(image) "    a: {pod: {image: '" image "', cmd: sleep infinity}}\n    b: {pod: {image: 'nginx:1'}}\n"

static const char first[] = HEAD "spec:\n  nodes:\n" NODES("nginx:1");
static const char second[] =
	HEAD "spec:\n  nodes:\n" NODES("nginx:2") "  links:\n    x: {nodes: [{node: a}, {node: b}]}\n";
static const char third[] = HEAD "spec:\n  nodes:\n" NODES(
	"nginx:2") "    c: {pod: {image: 'nginx:1'}}\n  links:\n    x: {nodes: [{node: a}, {node: c}]}\n";

/* A repository with two commits, the third text in the working folder, and the tag "one" on the first commit. */
static char *repository_new(void)
{
	char *folder = fixture_folder_new();

	fixture_run(folder,
		    "git init -q -b main . && git config user.name t && git config user.email t@example.org && "
		    "mkdir -p labs/more");
	fixture_write(folder, "labs/lab.yaml", first);
	fixture_run(folder, "git add . && git commit -q -m one && git tag -a -m one one");
	fixture_write(folder, "labs/lab.yaml", second);
	fixture_run(folder, "git commit -q -a -m two");
	fixture_write(folder, "labs/lab.yaml", third);
	return folder;
}

static void graph_call(struct call *call, const char *folder, const char *const *words)
{
	char *before = getcwd(NULL, 0);

	ck_assert_int_eq(chdir(folder), 0);
	call_make(call, command_graph, words);
	ck_assert_int_eq(chdir(before), 0);
	free(before);
}

static const struct {
	const char *name;
	const char *words[CALL_ARGUMENTS_MAX];
	int code;
	const char *out[4]; /* parts of it */
	const char *err; /* how it begins; "" for nothing at all */
} calls[] = {
	{ "a commit before",
	  { "graph", "--from", "HEAD~1", "labs" },
	  0,
	  { "#126; a<br/>#45; nginx:1<br/>#43; nginx:2", "([\"#43; c\"]):::added", "#43; x" },
	  "" },
	{ "a tag, without a path", { "graph", "--from=one" }, 0, { "([\"#43; c\"]):::added", "#43; x" }, "" },
	{ "a branch, a file",
	  { "graph", "--from", "main", "labs/lab.yaml" },
	  0,
	  { "([\"a\"])\n", "([\"#43; c\"]):::added", "#126; x" },
	  "" },
	{ "two revisions", { "graph", "--from=one", "--to=main", "labs" }, 0, { "([\"b\"])\n", "#43; x" }, "" },
	{ "a folder below", { "graph", "--from=one", "labs/more/.." }, 0, { ":::added" }, "" },
	{ "no revision",
	  { "graph", "--from", "nonsense", "labs" },
	  1,
	  { NULL },
	  "error: there is no revision \"nonsense\"; use a commit" },
	{ "a blob",
	  { "graph", "--from", "main:labs/lab.yaml", "labs" },
	  1,
	  { NULL },
	  "error: \"main:labs/lab.yaml\" is no commit" },
	{ "to alone", { "graph", "--to", "main", "labs" }, 2, { NULL }, "error: --to is given without --from" },
	{ "standard input", { "graph", "--from", "main", "-" }, 2, { NULL }, "error: --from needs files" },
	{ "outside",
	  { "graph", "--from", "main", "labs", "/" },
	  1,
	  { NULL },
	  "error: main: / is not in the repository" },
};

START_TEST(revisions_are_compared)
{
	cleanup(fixture_folder) char *folder = repository_new();

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
		cleanup(call) struct call call = { .code = -1 };

		graph_call(&call, folder, calls[i].words);
		ck_assert_msg(call.code == calls[i].code, "%s: exit code %d: %s", calls[i].name, call.code, call.err);
		ck_assert_msg(*calls[i].err ? text_starts_with(call.err, calls[i].err) : *call.err == '\0', "%s: %s",
			      calls[i].name, call.err);
		for (size_t j = 0; j < 4 && calls[i].out[j]; j++)
			ck_assert_msg(strstr(call.out, calls[i].out[j]), "%s: no %s in\n%s", calls[i].name,
				      calls[i].out[j], call.out);
	}
}
END_TEST

/* What is wrong in the old commit is told with its name, and the lab is not said to be new. */
START_TEST(a_broken_revision_is_told)
{
	static const char *const words[] = { "graph", "--from=main", "labs", NULL };
	cleanup(fixture_folder) char *folder = repository_new();
	cleanup(call) struct call call = { .code = -1 };

	fixture_write(folder, "labs/lab.yaml", HEAD "spec: {nodes: {a: {pod: {imgae: x}}}}\n");
	fixture_run(folder, "git commit -q -a -m broken");
	fixture_write(folder, "labs/lab.yaml", first);
	graph_call(&call, folder, words);
	ck_assert_int_eq(call.code, 1);
	ck_assert_msg(text_starts_with(call.err, "main:labs/lab.yaml:4:26: error: "), "%s", call.err);
	ck_assert_msg(strstr(call.out, "[\"default/l\"]"), "%s", call.out);
	ck_assert_ptr_null(strstr(call.out, ":::added"));
}
END_TEST

START_TEST(a_folder_that_went_is_removed)
{
	static const char *const words[] = { "graph", "--from=one", "--to=HEAD", "labs", NULL };
	cleanup(fixture_folder) char *folder = repository_new();
	cleanup(call) struct call call = { .code = -1 };

	fixture_run(folder, "git rm -q -r -f labs && git commit -q -m gone");
	graph_call(&call, folder, words);
	ck_assert_msg(call.code == 0, "%s", call.err);
	ck_assert_msg(strstr(call.out, "[\"#45; default/l\"]"), "%s", call.out);
}
END_TEST

START_TEST(files_of_a_revision_are_found)
{
	static const char *const words[] = { "graph", "--from=HEAD", "labs", NULL };
	cleanup(fixture_folder) char *folder = repository_new();
	cleanup(call) struct call call = { .code = -1 };

	fixture_write(folder, "labs/more/motd", "hello\n");
	fixture_write(folder, "labs/lab.yaml",
		      HEAD
		      "spec: {nodes: {a: {pod: {image: 'nginx:1', files: [{path: /etc/motd, file: more/motd}]}}}}\n");
	fixture_run(folder, "git add . && git commit -q -m file");
	graph_call(&call, folder, words);
	ck_assert_msg(call.code == 0, "%s", call.err);
	ck_assert_str_eq(call.err, "");
}
END_TEST

START_TEST(outside_of_git_there_is_nothing_to_compare)
{
	static const char *const words[] = { "graph", "--from=HEAD", NULL };
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	cleanup(call) struct call call = { .code = -1 };

	fixture_write(folder, "lab.yaml", first);
	graph_call(&call, folder, words);
	ck_assert_int_eq(call.code, 1);
	ck_assert_msg(strstr(call.err, "is in no Git repository"), "%s", call.err);
}
END_TEST

static const struct {
	const char *name;
	int (*command)(int, char **);
	const char *words[CALL_ARGUMENTS_MAX];
	int code;
	const char *out, *err; /* parts; "" for nothing at all */
} others[] = {
	{ "findings", command_lint, { "lint", "lab.yaml" }, 3, "lab.yaml:6:22: warning: the image has no tag", "" },
	{ "findings as json",
	  command_lint,
	  { "lint", "-o", "json", "lab.yaml" },
	  3,
	  "\"rule\": \"unpinned-image\"",
	  "" },
	{ "none",
	  command_lint,
	  { "lint", "--disable", "unpinned-image", "--disable=pod-without-command" },
	  0,
	  "",
	  "" },
	{ "rules", command_lint, { "lint", "--rules" }, 0, "| `unpinned-image` |", "" },
	{ "no rule",
	  command_lint,
	  { "lint", "--disable", "unpined-image" },
	  2,
	  "",
	  "did you mean \"unpinned-image\"?" },
	{ "lint what is not there", command_lint, { "lint", "missing" }, 1, "", "error: cannot open missing: " },
	{ "explain all",
	  command_render,
	  { "render", "--explain", "lab.yaml" },
	  0,
	  "l/a   image       alpine  node (lab.yaml:6:22)\n",
	  "" },
	{ "explain one lab", command_render, { "render", "--explain=l", "lab.yaml" }, 0, "NODE  FIELD ", "" },
	{ "explain one node",
	  command_render,
	  { "render", "--explain=l/a", "-o", "json", "lab.yaml" },
	  0,
	  "\"layer\": \"node\"",
	  "" },
	{ "explain no node",
	  command_render,
	  { "render", "--explain=l/z", "lab.yaml" },
	  1,
	  "",
	  "error: there is no \"l/z\"" },
};

START_TEST(each_call_ends_as_it_should)
{
	cleanup(fixture_folder) char *folder = fixture_folder_new();
	char *before = getcwd(NULL, 0);

	fixture_write(folder, "lab.yaml", HEAD "spec:\n  nodes:\n    a: {pod: {image: alpine}}\n");
	ck_assert_int_eq(chdir(folder), 0);
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		cleanup(call) struct call call = { .code = -1 };

		call_make(&call, others[i].command, others[i].words);
		ck_assert_msg(call.code == others[i].code, "%s: exit code %d: %s", others[i].name, call.code,
			      call.err);
		ck_assert_msg(*others[i].out ? strstr(call.out, others[i].out) != NULL : *call.out == '\0', "%s: %s",
			      others[i].name, call.out);
		ck_assert_msg(*others[i].err ? strstr(call.err, others[i].err) != NULL : *call.err == '\0', "%s: %s",
			      others[i].name, call.err);
	}
	ck_assert_int_eq(chdir(before), 0);
	free(before);
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { revisions_are_compared,
				       a_broken_revision_is_told,
				       a_folder_that_went_is_removed,
				       files_of_a_revision_are_found,
				       outside_of_git_there_is_nothing_to_compare,
				       each_call_ends_as_it_should };

	return suite_run("graph command", tests, ARRAY_SIZE(tests));
}
