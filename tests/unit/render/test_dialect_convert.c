/* Documents of dialects written as Labs. */
#include "render/dialects/convert.h"

#include "base/json.h"
#include "render/dialects/registry.h"
#include "tests/unit/render/lab_check.h"
#include "tests/unit/suite.h"

#define SECRET(name, text)                                                                                           \
	"---\napiVersion: v1\nkind: Secret\nmetadata: {name: " name "}\nstringData: {a: " text "}\n"
#define LAB                                                                                                          \
	"---\napiVersion: labsync.dev/v1alpha1\nkind: Lab\nmetadata: {name: l}\nspec: {nodes: {p: {pod: {image: "    \
	"x}}}}\n"

static void lab_take(void *data, const json_t *lab)
{
	ck_assert_int_eq(json_array_append_new(data, json_deep_copy(lab)), 0);
}

/* The Labs; `lines` becomes what was said. */
static json_t *labs_new(const char *const *texts, const char *dialect, char **lines, bool *any)
{
	static const char *const paths[] = { "a.yaml", "b.yaml" };
	const struct lab_options options = { .default_namespace = "labs" };
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct lab_file files[ARRAY_SIZE(paths)];
	json_t *labs = json_array();
	size_t count = 0;

	for (; count < ARRAY_SIZE(paths) && texts[count]; count++)
		files[count] = (struct lab_file){ paths[count], texts[count], strlen(texts[count]) };
	*any = dialects_convert(files, count, &options, dialect ? dialect_find(dialect) : NULL, lab_take, labs,
				&diagnostics);
	*lines = diagnostics_lines_new(&diagnostics);
	return labs;
}

static const struct {
	const char *name, *texts[3], *dialect;
	bool any;
	const char *labs; /* their names */
	const char *lines;
} cases[] = {
	{ "a Lab for each file", { SECRET("s", "x"), SECRET("t", "x") }, "kubevirt", true, "a b ", "" },
	{ "labs are left out", { SECRET("s", "x") LAB, LAB }, "kubevirt", true, "a ", "" },
	{ "any dialect will do", { SECRET("s", "x") }, NULL, true, "a ", "" },
	{ "none of the dialect",
	  { SECRET("s", "x") },
	  "deckhouse",
	  false,
	  "a ",
	  "a.yaml: error: there is no document of Deckhouse Virtualization\n" },
	{ "nothing at all", { LAB }, NULL, false, "", "a.yaml: error: there is no document of any format\n" },
	{ "one with an error",
	  { SECRET("s", "x"), SECRET("t, labls: {}", "x") },
	  "kubevirt",
	  true,
	  "a ",
	  "b.yaml:4:21: error: unknown field \"labls\" in metadata; did you mean \"labels\"?\n" },
};

START_TEST(documents_become_labs)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(free) char *lines = NULL;
		cleanup(buffer) struct buffer names = BUFFER_INIT;
		bool any;
		cleanup(json) json_t *labs = labs_new(cases[i].texts, cases[i].dialect, &lines, &any);
		const json_t *lab;
		size_t at;

		json_array_foreach (labs, at, lab)
			buffer_format(&names, "%s ", json_text_at(lab, "metadata", "name", NULL));
		ck_assert_msg(strcmp(lines, cases[i].lines) == 0, "%s: %s", cases[i].name, lines);
		ck_assert_msg(strcmp(buffer_text(&names), cases[i].labs) == 0, "%s: %s", cases[i].name,
			      buffer_text(&names));
		ck_assert_msg(any == cases[i].any, "%s", cases[i].name);
	}
}
END_TEST

/* A Lab's variables are looked for in all texts. */
static const char *const escaped[][2] = {
	{ "'${A}'", "$${A}" },        { "'$${A}'", "$$${A}" },
	{ "'$ {A} $A'", "$ {A} $A" }, { "'${A}${B} ${'", "$${A}$${B} $${" },
	{ "\"a\\nb\"", "a\nb" },      { "''", "" },
};

START_TEST(texts_that_look_like_variables_stay)
{
	for (size_t i = 0; i < ARRAY_SIZE(escaped); i++) {
		cleanup(free) char *text = string_format(SECRET("s", "%s"), escaped[i][0]), *lines = NULL;
		const char *const texts[] = { text, NULL };
		bool any;
		cleanup(json) json_t *labs = labs_new(texts, "kubevirt", &lines, &any);
		const json_t *objects = json_object_get(json_object_get(json_array_get(labs, 0), "spec"), "objects");

		ck_assert_str_eq(lines, "");
		ck_assert_str_eq(json_text_at(json_array_get(objects, 0), "stringData", "a", NULL), escaped[i][1]);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { documents_become_labs, texts_that_look_like_variables_stay };

	return suite_run("dialects as labs", tests, ARRAY_SIZE(tests));
}
