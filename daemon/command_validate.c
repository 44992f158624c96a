#include "daemon/command_validate.h"

#include <stdio.h>

#include "base/json.h"
#include "base/text.h"
#include "daemon/lab_arguments.h"
#include "render/objects/identity.h"

static const struct lab_command command = {
	.usage = "Usage: labsync validate [--output text|json] [--namespace NAMESPACE] PATH...\n"
		 "\n"
		 "Checks the labs in files and folders; '-' is standard input. The exit code is 1 when\n"
		 "there is an error; warnings alone leave it 0.\n"
		 "\n"
		 "  -o, --output FORMAT        text (the default) or json\n"
		 "  -n, --namespace NAMESPACE  for labs that name none; default: default\n"
		 "  -h, --help                 this text\n",
	.first_output = "text",
};

struct validation {
	size_t labs, nodes;
	struct diagnostics diagnostics;
};

/* A node's objects stand together. Labs with errors have none. */
static void lab_count(void *context, struct rendered_lab *lab)
{
	struct validation *validation = context;
	const char *last = NULL;

	validation->labs++;
	for (size_t i = 0; i < lab->count; i++) {
		const char *node = lab->objects[i].node;

		validation->nodes += node && !text_equal(node, last);
		last = node;
	}
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static bool text_print(const struct validation *validation)
{
	size_t labs = validation->labs, nodes = validation->nodes, errors = validation->diagnostics.errors;

	diagnostics_print(&validation->diagnostics);
	if (errors > 0)
		return printf("%zu error%s\n", errors, plural(errors)) > 0;
	return printf("%zu lab%s, %zu node%s: ok\n", labs, plural(labs), nodes, plural(nodes)) > 0;
}

/* Messages too may name files. */
static json_t *diagnostic_build(const struct diagnostic *diagnostic)
{
	const char *severity = diagnostic->severity == DIAGNOSTIC_ERROR ? "error" : "warning";
	json_t *value = json_pack("{s:s, s:o}", "severity", severity, "message", path_build(diagnostic->message));

	if (diagnostic->path)
		json_object_set_new(value, "path", path_build(diagnostic->path));
	if (diagnostic->line > 0) {
		json_object_set_new(value, "line", json_integer((json_int_t)diagnostic->line));
		json_object_set_new(value, "column", json_integer((json_int_t)diagnostic->column));
	}
	return value;
}

static bool json_print(const struct validation *validation)
{
	const struct diagnostics *diagnostics = &validation->diagnostics;
	json_t *list = json_array();
	cleanup(json) json_t *report =
		json_pack("{s:I, s:I, s:I, s:I, s:o}", "labs", (json_int_t)validation->labs, "nodes",
			  (json_int_t)validation->nodes, "errors", (json_int_t)diagnostics->errors, "dropped",
			  (json_int_t)diagnostics->dropped, "diagnostics", list);

	for (size_t i = 0; i < diagnostics->count; i++)
		json_array_append_new(list, diagnostic_build(&diagnostics->items[i]));
	return json_dumpf(report, stdout, JSON_INDENT(2)) == 0 && fputc('\n', stdout) != EOF;
}

static int validate(const struct lab_arguments *arguments, struct validation *validation)
{
	bool written;

	if (!lab_arguments_render(arguments, lab_count, validation, &validation->diagnostics))
		return EXIT_FAILED;
	written = arguments->output == LAB_OUTPUT_JSON ? json_print(validation) : text_print(validation);
	return lab_arguments_end(&validation->diagnostics, written);
}

int command_validate(int argc, char **argv)
{
	struct validation validation = { .diagnostics = DIAGNOSTICS_INIT };
	struct lab_arguments arguments;
	int code;

	if (!lab_arguments_parse(&arguments, &command, argc, argv, &code))
		return code;
	code = validate(&arguments, &validation);
	diagnostics_deinit(&validation.diagnostics);
	return code;
}
