/* `labsync render` and `labsync validate`, as they are called. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "daemon/command_render.h"
#include "daemon/command_validate.h"
#include "tests/unit/daemon/call.h"
#include "tests/unit/suite.h"

static const char good[] = "examples-repo/labs", defaults[] = "examples-repo/knlcfg.yaml";
static const char bad[] = "tests/golden/invalid/bad.yaml";

static const struct {
	const char *name;
	int (*command)(int, char **);
	const char *words[CALL_ARGUMENTS_MAX];
	int code;
	const char *out, *err; /* how it begins; "" for nothing at all */
} calls[] = {
	{ "yaml", command_render, { "render", good, defaults }, 0, "---\napiVersion: ", "" },
	{ "json",
	  command_render,
	  { "render", "--output=json", good, defaults },
	  0,
	  "{\n  \"apiVersion\": \"v1\"",
	  "" },
	{ "after the path", command_render, { "render", good, defaults, "-o", "json" }, 0, "{\n", "" },
	{ "render a bad lab",
	  command_render,
	  { "render", bad },
	  1,
	  "",
	  "tests/golden/invalid/bad.yaml:7:22: error: " },
	{ "render others",
	  command_render,
	  { "render", bad, good, defaults },
	  1,
	  "---\n",
	  "tests/golden/invalid/bad.yaml:7:" },
	{ "good", command_validate, { "validate", good, defaults }, 0, "35 labs, 76 nodes: ok\n", "" },
	{ "bad",
	  command_validate,
	  { "validate", bad },
	  1,
	  "2 errors\n",
	  "tests/golden/invalid/bad.yaml:7:22: error: " },
	{ "bad as json", command_validate, { "validate", "-o", "json", bad }, 1, "{\n", "" },
	{ "missing", command_validate, { "validate", "missing" }, 1, "", "error: cannot open missing: " },
	{ "no path", command_validate, { "validate" }, 2, "", "error: no file or folder is named\n" },
	{ "no format", command_render, { "render", "-o", "xml", good }, 2, "", "error: --output is " },
	{ "no namespace", command_render, { "render", "-n", "A", good }, 2, "", "error: --namespace \"A\" " },
	{ "no option", command_render, { "render", "--nonsense", good }, 2, "", "render: " },
	{ "help", command_validate, { "validate", "--help" }, 0, "Usage: labsync validate ", "" },
};

static bool begins(const char *text, const char *wanted)
{
	return *wanted ? text_starts_with(text, wanted) : *text == '\0';
}

START_TEST(each_call_ends_as_it_should)
{
	for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
		cleanup(call) struct call call = { .code = -1 };

		call_make(&call, calls[i].command, calls[i].words);
		ck_assert_msg(call.code == calls[i].code, "%s: exit code %d: %s", calls[i].name, call.code, call.err);
		ck_assert_msg(begins(call.out, calls[i].out), "%s: %s", calls[i].name, call.out);
		ck_assert_msg(begins(call.err, calls[i].err), "%s: %s", calls[i].name, call.err);
	}
}
END_TEST

START_TEST(json_tells_the_place_of_an_error)
{
	static const char *const words[] = { "validate", "-o", "json", bad, NULL };
	cleanup(call) struct call call = { .code = -1 };
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(json) json_t *report = NULL;
	const json_t *first;

	call_make(&call, command_validate, words);
	report = json_new_from_text(call.out, strlen(call.out), "the report", &err);
	ck_assert_msg(report != NULL, "%s", err.message);
	first = json_array_get(json_object_get(report, "diagnostics"), 0);
	ck_assert_str_eq(json_text_at(first, "severity", NULL), "error");
	ck_assert_str_eq(json_text_at(first, "path", NULL), bad);
	ck_assert_int_eq(json_integer_value(json_object_get(first, "line")), 7);
	ck_assert_int_eq(json_integer_value(json_object_get(report, "errors")), 2);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { each_call_ends_as_it_should, json_tells_the_place_of_an_error };

	return suite_run("lab commands", tests, ARRAY_SIZE(tests));
}
