/* Labs and the objects that they become, word for word: tests/golden/CASE/ has
 * the labs, a file `now` when the time is of interest, and expected.yaml what is wrong with them and what state they
 * are in, as comments, and their objects. LABSYNC_UPDATE_GOLDEN=1 writes expected.yaml anew; look at the diff. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"
#include "daemon/disk_lookup.h"
#include "daemon/files.h"
#include "render/render.h"
#include "render/yaml/yaml.h"
#include "tests/unit/suite.h"

enum { CASES_MIN = 5 };

static const char golden[] = "tests/golden";
static const char expected_name[] = "expected.yaml";

/* The case of this name has its labs where they are copied from. */
static const char examples[] = "examples-repo";

static void files_load(struct files *files, const char *path)
{
	cleanup(error) struct error err = ERROR_INIT;

	ck_assert_msg(files_add(files, path, &err), "%s", err.message);
}

static void inputs_load(struct files *files, const char *name, const char *folder)
{
	cleanup(files) struct files all = FILES_INIT;

	if (text_equal(name, examples)) {
		files_load(files, examples);
		return;
	}
	files_load(&all, folder);
	for (size_t i = 0; i < all.count; i++) {
		if (!text_ends_with(all.items[i].path, expected_name))
			files_load(files, all.items[i].path);
	}
}

/* What an object does not show of a lab; nothing for most. */
static void state_write(const struct rendered_lab *lab, struct buffer *out)
{
	char change[TIME_TEXT_SIZE];

	if (!lab->suspended && !lab->expired && !lab->powered_off && !lab->next_change && !lab->dependency_count)
		return;
	buffer_format(out, "# lab %s/%s:%s%s%s", lab->namespace_name, lab->name, lab->suspended ? " suspended" : "",
		      lab->expired ? " expired" : "", lab->powered_off ? " off" : "");
	for (size_t i = 0; i < lab->dependency_count; i++)
		buffer_format(out, " after %s/%s", lab->dependencies[i].namespace_name, lab->dependencies[i].name);
	if (lab->next_change)
		buffer_format(out, " until %s", time_write(lab->next_change, change));
	buffer_append_char(out, '\n');
}

/* Nor what is done once. */
static void operations_write(const struct rendered_lab *lab, struct buffer *out)
{
	for (size_t i = 0; i < lab->operation_count; i++) {
		const struct rendered_operation *operation = &lab->operations[i];

		buffer_format(out, "# lab %s/%s, operation %s: %s of %s", lab->namespace_name, lab->name,
			      operation->name, operation_type_name(operation->type), operation->machine);
		if (operation->grace_period != OPERATION_GRACE_NONE)
			buffer_format(out, ", grace period %lld s", (long long)operation->grace_period);
		if (operation->snapshot)
			buffer_format(out, ", snapshot %s", operation->snapshot);
		if (operation->target)
			buffer_format(out, ", target %s", operation->target);
		buffer_append_char(out, '\n');
	}
}

static void result_write(const struct render_result *result, struct buffer *out)
{
	for (size_t i = 0; i < result->diagnostics.count; i++) {
		buffer_append_text(out, "# ");
		diagnostic_write(&result->diagnostics.items[i], out);
		buffer_append_char(out, '\n');
	}
	for (size_t i = 0; i < result->count; i++)
		state_write(&result->labs[i], out);
	for (size_t i = 0; i < result->count; i++)
		operations_write(&result->labs[i], out);
	for (size_t i = 0; i < result->count; i++) {
		for (size_t j = 0; j < result->labs[i].count; j++) {
			buffer_append_text(out, "---\n");
			yaml_write(result->labs[i].objects[j].value, out);
		}
	}
}

/* What the case's file `now` says; 0 without one. */
static time_t now_read(const char *folder)
{
	cleanup(free) char *path = string_format("%s/now", folder);
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(error) struct error err = ERROR_INIT;
	int64_t now = 0;

	if (access(path, F_OK) != 0)
		return 0;
	ck_assert_msg(file_read(path, 100, &text, &err), "%s", err.message);
	text.data[strcspn(text.data, "\n")] = '\0';
	ck_assert_msg(time_parse(text.data, &now), "%s", path);
	return (time_t)now;
}

static void expected_update(const char *path, const struct buffer *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_msg(file != NULL, "cannot write %s", path);
	fwrite(buffer_text(text), 1, text->length, file);
	ck_assert_int_eq(fclose(file), 0);
}

static size_t line_of_difference(const char *a, const char *b)
{
	size_t line = 1;

	for (; *a && *a == *b; a++, b++)
		line += *a == '\n';
	return line;
}

static void expected_compare(const char *path, const struct buffer *text)
{
	cleanup(files) struct files expected = FILES_INIT;
	const char *wanted;

	files_load(&expected, path);
	wanted = expected.items[0].text;
	ck_assert_msg(strcmp(wanted, buffer_text(text)) == 0,
		      "%s differs from line %zu on; if that is meant, run with LABSYNC_UPDATE_GOLDEN=1", path,
		      line_of_difference(wanted, buffer_text(text)));
}

static void case_check(const char *name)
{
	cleanup(free) char *folder = string_format("%s/%s", golden, name);
	cleanup(free) char *path = string_format("%s/%s", folder, expected_name);
	cleanup(files) struct files inputs = FILES_INIT;
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	char *const roots[] = { text_equal(name, examples) ? (char *)examples : folder, NULL };
	cleanup(disk_lookup) struct disk_lookup lookup;
	struct lab_options options = { .default_namespace = "default" };

	disk_lookup_init(&lookup, roots);
	options.now = now_read(folder);
	options.lookup = disk_lookup_use(&lookup);
	inputs_load(&inputs, name, folder);
	render_labs(inputs.items, inputs.count, &options, &result);
	result_write(&result, &text);
	if (getenv("LABSYNC_UPDATE_GOLDEN"))
		expected_update(path, &text);
	expected_compare(path, &text);
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

	return suite_run("render golden", tests, ARRAY_SIZE(tests));
}
