#include "daemon/lab_arguments.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "daemon/disk_lookup.h"

static const struct option options[] = {
	{ "format", required_argument, NULL, 'f' },
	{ "help", no_argument, NULL, 'h' },
	{ "namespace", required_argument, NULL, 'n' },
	{ "output", required_argument, NULL, 'o' },
	{ NULL, 0, NULL, 0 },
};

bool lab_usage_refuse(const char *usage, const char *name, int *code)
{
	fprintf(stderr, "Try 'labsync %s --help'. It begins: %.*s\n", name, (int)strcspn(usage, "\n"), usage);
	*code = EXIT_USAGE;
	return false;
}

/* As getopt says it of a flag that no command has. */
static bool flag_refuse(const char *name)
{
	fprintf(stderr, "error: this command has no --%s\n", name);
	return false;
}

static bool format_parse(struct lab_arguments *arguments, const struct lab_command *command, const char *value)
{
	if (!command->formats)
		return flag_refuse("format");
	for (size_t i = 0; command->formats[i]; i++) {
		arguments->format = i;
		if (text_equal(value, command->formats[i]))
			return true;
	}
	fputs("error: --format is ", stderr);
	for (size_t i = 0; command->formats[i]; i++)
		fprintf(stderr, "%s\"%s\"",
			i == 0                    ? ""
			: command->formats[i + 1] ? ", "
						  : " or ",
			command->formats[i]);
	fprintf(stderr, ", not \"%s\"\n", value);
	return false;
}

static bool output_parse(struct lab_arguments *arguments, const struct lab_command *command, const char *value)
{
	if (!command->first_output)
		return flag_refuse("output");
	arguments->output = text_equal(value, "json") ? LAB_OUTPUT_JSON : LAB_OUTPUT_FIRST;
	if (arguments->output == LAB_OUTPUT_JSON || text_equal(value, command->first_output))
		return true;
	fprintf(stderr, "error: --output is \"%s\" or \"json\", not \"%s\"\n", command->first_output, value);
	return false;
}

bool lab_namespace_parse(const char **namespace_name, const char *value)
{
	*namespace_name = value;
	if (text_is_dns_label(value))
		return true;
	fprintf(stderr,
		"error: --namespace \"%s\" is no namespace; use lower-case letters, digits and '-', at most 63\n",
		value);
	return false;
}

/* What getopt gives for a command's own flags, from the first one on. */
enum { OWN_FLAG = 256, SHARED_COUNT = sizeof(options) / sizeof(options[0]) - 1 };

static void options_select(const struct lab_command *command, struct option *selected)
{
	size_t count = SHARED_COUNT;

	memcpy(selected, options, sizeof(options));
	for (size_t i = 0; command->flags && command->flags[i].name && i < LAB_FLAGS_MAX; i++)
		selected[count++] =
			(struct option){ command->flags[i].name, command->flags[i].value, NULL, OWN_FLAG + (int)i };
	selected[count] = (struct option){ .name = NULL };
}

/* False after it said what is wrong. */
static bool option_take(struct lab_arguments *arguments, const struct lab_command *command, int option)
{
	if (option >= OWN_FLAG)
		return command->flags[option - OWN_FLAG].take(command->context, optarg);
	switch (option) {
	case 'f':
		return format_parse(arguments, command, optarg);
	case 'o':
		return output_parse(arguments, command, optarg);
	case 'n':
		return lab_namespace_parse(&arguments->namespace_name, optarg);
	default:
		return false;
	}
}

static bool paths_take(struct lab_arguments *arguments, const struct lab_command *command, char *const *paths)
{
	static char here[] = ".";
	static char *const only_here[] = { here, NULL };

	arguments->paths = paths[0] == NULL && command->in_folder ? only_here : paths;
	if (arguments->paths[0])
		return true;
	fputs("error: no file or folder is named\n", stderr);
	return false;
}

bool lab_arguments_parse(struct lab_arguments *arguments, const struct lab_command *command, int argc, char **argv,
			 int *code)
{
	struct option selected[SHARED_COUNT + LAB_FLAGS_MAX + 1];
	int option;

	*arguments = (struct lab_arguments){ .namespace_name = "default" };
	optind = 0; /* begins anew, whoever parsed before */
	options_select(command, selected);
	while ((option = getopt_long(argc, argv, "f:hn:o:", selected, NULL)) != -1) {
		if (option == 'h') {
			fputs(command->usage, stdout);
			*code = EXIT_DONE;
			return false;
		}
		if (!option_take(arguments, command, option))
			return lab_usage_refuse(command->usage, argv[0], code);
	}
	return paths_take(arguments, command, argv + optind) || lab_usage_refuse(command->usage, argv[0], code);
}

bool lab_arguments_read(const struct lab_arguments *arguments, struct files *files)
{
	cleanup(error) struct error err = ERROR_INIT;

	for (char *const *path = arguments->paths; *path; path++)
		if (!files_add(files, *path, &err)) {
			error_print(&err);
			return false;
		}
	return true;
}

bool lab_arguments_render(const struct lab_arguments *arguments,
			  void (*visit)(void *context, struct rendered_lab *lab), void *context,
			  struct diagnostics *diagnostics)
{
	cleanup(files) struct files files = FILES_INIT;
	cleanup(disk_lookup) struct disk_lookup lookup = { .count = 0 };
	struct lab_options lab_options;

	if (!lab_arguments_read(arguments, &files))
		return false;
	disk_lookup_init(&lookup, arguments->paths);
	lab_options = (struct lab_options){ .default_namespace = arguments->namespace_name,
					    .lookup = disk_lookup_use(&lookup) };
	render_each(files.items, files.count, &lab_options, visit, context, diagnostics);
	return true;
}

void diagnostics_print(const struct diagnostics *diagnostics)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < diagnostics->count; i++) {
		cleanup(free) char *line = NULL;

		buffer_clear(&text);
		diagnostic_write(&diagnostics->items[i], &text);
		line = text_printable(buffer_text(&text), TEXT_ONE_LINE);
		fprintf(stderr, "%s\n", line);
	}
	if (diagnostics->dropped > 0)
		fprintf(stderr, "and %zu more\n", diagnostics->dropped);
}

int lab_arguments_end(const struct diagnostics *diagnostics, bool written)
{
	if (!written || fflush(stdout) != 0) {
		fputs("error: cannot write to standard output\n", stderr);
		return EXIT_FAILED;
	}
	return diagnostics->errors > 0 ? EXIT_FAILED : EXIT_DONE;
}
