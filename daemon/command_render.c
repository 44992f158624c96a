#include "daemon/command_render.h"

#include <getopt.h>
#include <stdio.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "daemon/explain_values.h"
#include "daemon/lab_reading.h"
#include "render/yaml/yaml.h"

static const char usage[] =
	"Usage: labsync render [--explain[=LAB[/NODE]]] [--output yaml|json] [--namespace NAMESPACE] PATH...\n"
	"\n"
	"Prints the Kubernetes objects of the labs in files and folders; '-' is standard input.\n"
	"Labs with errors are left out, are told about on stderr, and make the exit code 1.\n"
	"The Secrets among the objects hold password hashes.\n"
	"\n"
	"With --explain it tells instead what each node's values are and where each came from:\n"
	"built in, or the place in the repository's, folder's or lab's defaults or in the node.\n"
	"\n"
	"  -o, --output FORMAT        yaml (documents; the default) or json (one List); with\n"
	"                             --explain a table or json\n"
	"      --explain[=LAB[/NODE]] of all labs, of one, or of one node\n"
	"  -n, --namespace NAMESPACE  for labs that name none; default: default\n"
	"  -h, --help                 this text\n";

struct render_command {
	const char *explain; /* "LAB", "LAB/NODE" or "" for all; NULL: the objects are wanted */
};

static bool explain_take(void *context, const char *value)
{
	((struct render_command *)context)->explain = value ? value : "";
	return true;
}

static const struct lab_flag flags[] = { { "explain", optional_argument, explain_take }, { .name = NULL } };

static bool yaml_print(const struct render_result *result)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < result->count; i++) {
		for (size_t j = 0; j < result->labs[i].count; j++) {
			buffer_clear(&text);
			buffer_append_text(&text, "---\n");
			yaml_write(result->labs[i].objects[j].value, &text);
			if (fwrite(buffer_text(&text), 1, text.length, stdout) != text.length)
				return false;
		}
	}
	return true;
}

static bool json_print(const struct render_result *result)
{
	json_t *items = json_array();
	cleanup(json) json_t *list = json_pack("{s:s, s:s, s:o}", "apiVersion", "v1", "kind", "List", "items", items);

	for (size_t i = 0; i < result->count; i++) {
		for (size_t j = 0; j < result->labs[i].count; j++)
			json_array_append(items, result->labs[i].objects[j].value);
	}
	return json_dumpf(list, stdout, JSON_INDENT(2)) == 0 && fputc('\n', stdout) != EOF;
}

static int explain(const struct lab_arguments *arguments, const char *wanted)
{
	cleanup(lab_reading) struct lab_reading reading = LAB_READING_INIT;
	cleanup(free) char *printable = text_printable(wanted, TEXT_ONE_LINE);
	bool found;

	if (!lab_reading_read(&reading, arguments))
		return EXIT_FAILED;
	found = arguments->output == LAB_OUTPUT_JSON ? values_print_json(&reading.set, wanted, stdout)
						     : values_print_table(&reading.set, wanted, stdout);
	if (!found) {
		fprintf(stderr, "error: there is no \"%s\" among the labs without errors; use LAB or LAB/NODE\n",
			printable);
		return EXIT_FAILED;
	}
	return lab_arguments_end_with(&reading.diagnostics, !ferror(stdout));
}

static int objects_print(const struct lab_arguments *arguments)
{
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
	bool written;

	if (!lab_arguments_render(arguments, &result))
		return EXIT_FAILED;
	diagnostics_print(&result.diagnostics);
	written = arguments->output == LAB_OUTPUT_JSON ? json_print(&result) : yaml_print(&result);
	return lab_arguments_end(&result, written);
}

int command_render(int argc, char **argv)
{
	struct render_command render = { .explain = NULL };
	const struct lab_command command = {
		.usage = usage,
		.first_output = "yaml",
		.flags = flags,
		.context = &render,
	};
	struct lab_arguments arguments;
	int code;

	if (!lab_arguments_parse(&arguments, &command, argc, argv, &code))
		return code;
	return render.explain ? explain(&arguments, render.explain) : objects_print(&arguments);
}
