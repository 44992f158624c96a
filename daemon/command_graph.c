#include "daemon/command_graph.h"

#include <getopt.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/text.h"
#include "daemon/lab_reading.h"
#include "daemon/revision.h"
#include "render/topology/topology.h"

static const char *const formats[] = { "mermaid", "dot", "svg", "json", NULL };
static void (*const writers[])(const struct topology *topology, struct buffer *out) = {
	topology_write_mermaid,
	topology_write_dot,
	topology_write_svg,
	topology_write_json,
};

static const char usage[] =
	"Usage: labsync graph [--format mermaid|dot|svg|json] [--from REV [--to REV]] [--namespace NAMESPACE] "
	"PATH...\n"
	"\n"
	"Prints what is linked to what in the labs of files and folders; '-' is standard input.\n"
	"Labs with errors are left out, are told about on stderr, and make the exit code 1.\n"
	"\n"
	"With --from it compares: what was added (green, +), removed (red, dashed, -) and changed\n"
	"(amber, ~) between a revision of the Git repository that PATH lies in and the working\n"
	"folder. Without PATH, the folder one is in is meant.\n"
	"\n"
	"  -f, --format FORMAT        mermaid (for Markdown; the default), dot (for Graphviz),\n"
	"                             svg (a picture) or json\n"
	"      --from REV             compare with this revision: a commit, tag, branch or HEAD~1\n"
	"      --to REV               this revision in place of the working folder\n"
	"  -n, --namespace NAMESPACE  for labs that name none; default: default\n"
	"  -h, --help                 this text\n";

struct graph_command {
	struct lab_command command;
	const char *from, *to; /* NULL: not compared; the working folder */
};

/* The labs of one side. */
struct side {
	struct revision revision; /* that they were read from; or else from disk */
	struct lab_reading reading;
	struct topology topology;
};

#define SIDE_INIT                                                                                                    \
	{                                                                                                            \
		.revision = REVISION_INIT, .reading = LAB_READING_INIT                                               \
	}

static void side_deinit(struct side *side)
{
	topology_deinit(&side->topology);
	lab_reading_deinit(&side->reading);
	revision_deinit(&side->revision);
}

static inline void side_cleanup(struct side *side)
{
	side_deinit(side);
}

static bool from_take(void *context, const char *value)
{
	struct graph_command *graph = context;

	graph->from = value;
	graph->command.in_folder = true;
	return true;
}

static bool to_take(void *context, const char *value)
{
	((struct graph_command *)context)->to = value;
	return true;
}

static const struct lab_flag flags[] = {
	{ "from", required_argument, from_take },
	{ "to", required_argument, to_take },
	{ .name = NULL },
};

/* As git names files of revisions: "HEAD~1:labs/a.yaml". */
static void places_name(struct diagnostics *diagnostics, const char *revision)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		struct diagnostic *item = &diagnostics->items[i];
		char *path = item->path ? string_format("%s:%s", revision, item->path) : NULL;

		free(item->path);
		item->path = path;
	}
}

static bool side_read_revision(struct side *side, const struct lab_arguments *arguments, const char *name)
{
	cleanup(error) struct error err = ERROR_INIT;
	struct revision *revision = &side->revision;
	struct diagnostics *diagnostics = &side->reading.diagnostics;

	if (!revision_read(revision, name, arguments->paths, &err)) {
		error_print(&err);
		return false;
	}
	lab_set_read(
		&side->reading.set, revision->files, revision->count,
		&(struct lab_options){ .default_namespace = arguments->namespace_name, .lookup = &revision->lookup },
		diagnostics);
	diagnostics_sort(diagnostics);
	places_name(diagnostics, name);
	diagnostics_print(diagnostics);
	return true;
}

static bool side_read(struct side *side, const struct lab_arguments *arguments, const char *revision)
{
	if (!(revision ? side_read_revision(side, arguments, revision) : lab_reading_read(&side->reading, arguments)))
		return false;
	topology_build(&side->topology, &side->reading.set);
	return true;
}

static int topology_print(const struct lab_arguments *arguments, const struct topology *topology,
			  const struct diagnostics *diagnostics)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	writers[arguments->format](topology, &text);
	return lab_arguments_end(diagnostics, fwrite(buffer_text(&text), 1, text.length, stdout) == text.length);
}

static int comparison_print(const struct lab_arguments *arguments, const struct graph_command *graph)
{
	cleanup(side) struct side before = SIDE_INIT;
	cleanup(side) struct side after = SIDE_INIT;
	cleanup(topology) struct topology topology = TOPOLOGY_INIT;

	if (!side_read(&before, arguments, graph->from) || !side_read(&after, arguments, graph->to))
		return EXIT_FAILED;
	topology_diff(&topology, &before.topology, &after.topology);
	diagnostics_move(&after.reading.diagnostics, &before.reading.diagnostics);
	return topology_print(arguments, &topology, &after.reading.diagnostics);
}

static bool arguments_fit(const struct lab_arguments *arguments, const struct graph_command *graph)
{
	if (graph->to && !graph->from)
		fputs("error: --to is given without --from; add --from REV\n", stderr);
	else if (graph->from && text_equal(arguments->paths[0], "-"))
		fputs("error: --from needs files or folders of a Git repository, not standard input\n", stderr);
	else
		return true;
	return false;
}

int command_graph(int argc, char **argv)
{
	struct graph_command graph = { .command = { .usage = usage, .formats = formats, .flags = flags } };
	cleanup(side) struct side side = SIDE_INIT;
	struct lab_arguments arguments;
	int code;

	graph.command.context = &graph;
	if (!lab_arguments_parse(&arguments, &graph.command, argc, argv, &code))
		return code;
	if (!arguments_fit(&arguments, &graph)) {
		lab_usage_refuse(usage, argv[0], &code);
		return code;
	}
	if (graph.from)
		return comparison_print(&arguments, &graph);
	if (!side_read(&side, &arguments, NULL))
		return EXIT_FAILED;
	return topology_print(&arguments, &side.topology, &side.reading.diagnostics);
}
