#include "daemon/lab_arguments.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

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

bool lab_arguments_parse(struct lab_arguments *arguments, const struct lab_command *command, int argc, char **argv,
			 int *code)
{
	int option;

	*arguments = (struct lab_arguments){ .namespace_name = "default" };
	optind = 0; /* begins anew, whoever parsed before */
	while ((option = getopt_long(argc, argv, "f:hn:o:", options, NULL)) != -1) {
		if (option == 'h') {
			fputs(command->usage, stdout);
			*code = EXIT_DONE;
			return false;
		}
		if (option == '?' || (option == 'f' && !format_parse(arguments, command, optarg)) ||
		    (option == 'o' && !output_parse(arguments, command, optarg)) ||
		    (option == 'n' && !lab_namespace_parse(&arguments->namespace_name, optarg)))
			return lab_usage_refuse(command->usage, argv[0], code);
	}
	arguments->paths = argv + optind;
	if (arguments->paths[0] == NULL) {
		fputs("error: no file or folder is named\n", stderr);
		return lab_usage_refuse(command->usage, argv[0], code);
	}
	return true;
}

bool lab_arguments_read(const struct lab_arguments *arguments, struct files *files)
{
	cleanup(error) struct error err = ERROR_INIT;

	for (char *const *path = arguments->paths; *path; path++) {
		if (!files_add(files, *path, &err)) {
			cleanup(free) char *text = error_text(&err);
			cleanup(free) char *line = text_printable(text, TEXT_ONE_LINE);

			fprintf(stderr, "%s\n", line);
			return false;
		}
	}
	return true;
}

bool lab_arguments_render(const struct lab_arguments *arguments, struct render_result *result)
{
	cleanup(files) struct files files = FILES_INIT;

	if (!lab_arguments_read(arguments, &files))
		return false;
	render_labs(files.items, files.count, arguments->namespace_name, result);
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

int lab_arguments_end_with(const struct diagnostics *diagnostics, bool written)
{
	if (!written || fflush(stdout) != 0) {
		fputs("error: cannot write to standard output\n", stderr);
		return EXIT_FAILED;
	}
	return diagnostics->errors > 0 ? EXIT_FAILED : EXIT_DONE;
}

int lab_arguments_end(const struct render_result *result, bool written)
{
	return lab_arguments_end_with(&result->diagnostics, written);
}
