#include "daemon/command_render.h"

#include <getopt.h>
#include <stdio.h>

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

/* Objects go out lab by lab, so that a large repository needs no more memory than a small one. */
struct printing {
	enum lab_output output;
	size_t objects; /* printed so far */
	bool good; /* false: standard output does not take any more */
};

static bool yaml_print(const json_t *object)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	buffer_append_text(&text, "---\n");
	yaml_write(object, &text);
	return fwrite(buffer_text(&text), 1, text.length, stdout) == text.length;
}

#define LIST_BEGINNING "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"List\",\n  \"items\": ["

/* An item of the List. */
static bool json_print(const json_t *object, bool is_first)
{
	return fputs(is_first ? LIST_BEGINNING "\n" : ",\n", stdout) >= 0 &&
	       json_dumpf(object, stdout, JSON_INDENT(2)) == 0;
}

static void lab_print(void *context, struct rendered_lab *lab)
{
	struct printing *printing = context;

	for (size_t i = 0; i < lab->count && printing->good; i++) {
		const json_t *object = lab->objects[i].value;

		printing->good = printing->output == LAB_OUTPUT_JSON ? json_print(object, printing->objects == 0)
								     : yaml_print(object);
		printing->objects++;
	}
}

static bool list_end(const struct printing *printing)
{
	return fputs(printing->objects ? "\n  ]\n}\n" : LIST_BEGINNING "]\n}\n", stdout) >= 0;
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
	return lab_arguments_end(&reading.diagnostics, !ferror(stdout));
}

static int objects_print(const struct lab_arguments *arguments)
{
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct printing printing = { .output = arguments->output, .good = true };

	if (!lab_arguments_render(arguments, lab_print, &printing, &diagnostics))
		return EXIT_FAILED;
	if (arguments->output == LAB_OUTPUT_JSON)
		printing.good = printing.good && list_end(&printing);
	diagnostics_print(&diagnostics);
	return lab_arguments_end(&diagnostics, printing.good);
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
