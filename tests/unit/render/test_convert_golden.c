/* Topologies and the labs that they become, word for word: tests/golden-convert/CASE/ has input.clab.yml, the lab in
 * expected.yaml, and what could not come over in expected.messages. LABSYNC_UPDATE_GOLDEN=1 writes the expected ones
 * anew; look at the diff. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "daemon/files.h"
#include "render/convert/containerlab.h"
#include "render/render.h"
#include "render/yaml/yaml.h"
#include "tests/unit/suite.h"

enum { CASES_MIN = 7 };

static const char golden[] = "tests/golden-convert";
static const char input_name[] = "input.clab.yml";

static void files_load(struct files *files, const char *path)
{
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert_msg(files_add(files, path, &err), "%s", err.message);
	ck_assert_uint_eq(files->count, 1);
}

static void expected_check(const char *folder, const char *name, const struct buffer *text)
{
	cleanup(free) char *path = string_format("%s/%s", folder, name);
	cleanup(files) struct files expected = FILES_INIT;

	if (getenv("LABSYNC_UPDATE_GOLDEN")) {
		FILE *file = fopen(path, "w");

		ck_assert_msg(file != NULL, "cannot write %s", path);
		fputs(buffer_text(text), file);
		ck_assert_int_eq(fclose(file), 0);
	}
	files_load(&expected, path);
	ck_assert_msg(text_equal(expected.items[0].text, buffer_text(text)),
		      "%s differs from this; if that is meant, run with LABSYNC_UPDATE_GOLDEN=1:\n%s", path,
		      buffer_text(text));
}

/* All files are there. */
static bool file_read(void *context, const char *path, size_t most, struct buffer *text, struct error *err)
{
	(void)context;
	(void)most;
	(void)err;
	buffer_format(text, "This is %s.\n", path);
	return true;
}

/* As a person would go on with it. */
static void lab_check(const char *name, const struct buffer *text)
{
	const struct lab_file file = { .path = name, .text = buffer_text(text), .length = text->length };
	const struct lab_lookup lookup = { .read = file_read, .root = "" };
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;

	render_labs(&file, 1, &(struct lab_options){ .default_namespace = "default", .lookup = &lookup }, &result);
	ck_assert_msg(result.diagnostics.count == 0, "%s: %s", name,
		      result.diagnostics.count ? result.diagnostics.items[0].message : "");
	ck_assert_uint_eq(result.count, 1);
	ck_assert_msg(result.labs[0].valid && result.labs[0].count > 0, "%s renders to nothing", name);
}

static void case_check(const char *name)
{
	cleanup(free) char *folder = string_format("%s/%s", golden, name);
	cleanup(free) char *path = string_format("%s/%s", folder, input_name);
	cleanup(files) struct files input = FILES_INIT;
	struct lab_file file = { .path = input_name };
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(buffer) struct buffer messages = BUFFER_INIT;
	cleanup(json) json_t *lab = NULL;

	files_load(&input, path);
	file.text = input.items[0].text;
	file.length = input.items[0].length;
	lab = containerlab_convert_new(&file, NULL, &diagnostics);
	ck_assert_msg(lab != NULL, "%s: %s", name, diagnostics.count ? diagnostics.items[0].message : "");
	yaml_write(lab, &text);
	for (size_t i = 0; i < diagnostics.count; i++) {
		diagnostic_write(&diagnostics.items[i], &messages);
		buffer_append_char(&messages, '\n');
	}
	expected_check(folder, "expected.yaml", &text);
	expected_check(folder, "expected.messages", &messages);
	lab_check(name, &text);
}

static int is_case(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

START_TEST(every_case_is_as_expected)
{
	struct dirent **entries = NULL;
	int count = scandir(golden, &entries, is_case, alphasort);

	ck_assert_int_ge(count, CASES_MIN);
	for (int i = 0; i < count; i++) {
		case_check(entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
}
END_TEST

int main(void)
{
	const TTest *tests[] = { every_case_is_as_expected };

	return suite_run("convert golden", tests, ARRAY_SIZE(tests));
}
