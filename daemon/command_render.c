#include "daemon/command_render.h"

#include <stdio.h>

#include "base/json.h"
#include "base/memory.h"
#include "daemon/lab_arguments.h"
#include "render/yaml/yaml.h"

static const struct lab_command command = {
	.usage = "Usage: labsync render [--output yaml|json] [--namespace NAMESPACE] PATH...\n"
		 "\n"
		 "Prints the Kubernetes objects of the labs in files and folders; '-' is standard input.\n"
		 "Labs with errors are left out, are told about on stderr, and make the exit code 1.\n"
		 "The Secrets among the objects hold password hashes.\n"
		 "\n"
		 "  -o, --output FORMAT        yaml (documents; the default) or json (one List)\n"
		 "  -n, --namespace NAMESPACE  for labs that name none; default: default\n"
		 "  -h, --help                 this text\n",
	.first_output = "yaml",
};

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

int command_render(int argc, char **argv)
{
	cleanup(render_result) struct render_result result = RENDER_RESULT_INIT;
	struct lab_arguments arguments;
	bool written;
	int code;

	if (!lab_arguments_parse(&arguments, &command, argc, argv, &code))
		return code;
	if (!lab_arguments_render(&arguments, &result))
		return EXIT_FAILED;
	diagnostics_print(&result.diagnostics);
	written = arguments.output == LAB_OUTPUT_JSON ? json_print(&result) : yaml_print(&result);
	return lab_arguments_end(&result, written);
}
