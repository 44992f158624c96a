#include "daemon/command_graph.h"

#include <stdio.h>

#include "base/memory.h"
#include "daemon/lab_arguments.h"
#include "render/topology/topology.h"

static const char *const formats[] = { "mermaid", "dot", "svg", "json", NULL };
static void (*const writers[])(const struct topology *topology, struct buffer *out) = {
	topology_write_mermaid,
	topology_write_dot,
	topology_write_svg,
	topology_write_json,
};

static const struct lab_command command = {
	.usage = "Usage: labsync graph [--format mermaid|dot|svg|json] [--namespace NAMESPACE] PATH...\n"
		 "\n"
		 "Prints what is linked to what in the labs of files and folders; '-' is standard input.\n"
		 "Labs with errors are left out, are told about on stderr, and make the exit code 1.\n"
		 "\n"
		 "  -f, --format FORMAT        mermaid (for Markdown; the default), dot (for Graphviz),\n"
		 "                             svg (a picture) or json\n"
		 "  -n, --namespace NAMESPACE  for labs that name none; default: default\n"
		 "  -h, --help                 this text\n",
	.formats = formats,
};

int command_graph(int argc, char **argv)
{
	cleanup(files) struct files files = FILES_INIT;
	cleanup(lab_set) struct lab_set set = LAB_SET_INIT;
	cleanup(topology) struct topology topology = TOPOLOGY_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	struct lab_arguments arguments;
	int code;

	if (!lab_arguments_parse(&arguments, &command, argc, argv, &code))
		return code;
	if (!lab_arguments_read(&arguments, &files))
		return EXIT_FAILED;
	lab_set_read(&set, files.items, files.count, arguments.namespace_name, &diagnostics);
	diagnostics_sort(&diagnostics);
	diagnostics_print(&diagnostics);
	topology_build(&topology, &set);
	writers[arguments.format](&topology, &text);
	return lab_arguments_end_with(&diagnostics,
				      fwrite(buffer_text(&text), 1, text.length, stdout) == text.length);
}
