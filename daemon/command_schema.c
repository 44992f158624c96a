#include "daemon/command_schema.h"

#include <getopt.h>
#include <stdio.h>

#include "base/json.h"
#include "base/text.h"
#include "daemon/options.h"
#include "render/lab/json_schema.h"

static const char usage[] = "Usage: labsync schema [--kind Lab|Defaults|KNLConfig|Mapping] [--format json|markdown]\n"
			    "\n"
			    "Prints what documents may hold: a JSON Schema for editors, or a page to read.\n"
			    "\n"
			    "  --kind KIND      only for this kind; default: any of them\n"
			    "  --format FORMAT  json (the default) or markdown, which is about all kinds\n"
			    "  -h, --help       this text\n";

enum schema_format { FORMAT_JSON, FORMAT_MARKDOWN };

struct schema_options {
	enum schema_format format;
	const struct schema_kind *kind; /* NULL: any */
};

static bool kind_parse(const char *text, struct schema_options *options)
{
	options->kind = schema_kind_find(text);
	if (options->kind)
		return true;
	fputs("labsync: error: --kind is ", stderr);
	for (const struct schema_kind *kind = schema_kinds(); kind->name; kind++)
		fprintf(stderr, "%s%s", kind == schema_kinds() ? "" : kind[1].name ? ", " : " or ", kind->name);
	fprintf(stderr, ", not \"%s\"\n", text);
	return false;
}

static bool format_parse(const char *text, struct schema_options *options)
{
	options->format = text_equal(text, "markdown") ? FORMAT_MARKDOWN : FORMAT_JSON;
	if (options->format == FORMAT_MARKDOWN || text_equal(text, "json"))
		return true;
	fprintf(stderr, "labsync: error: --format is json or markdown, not \"%s\"\n", text);
	return false;
}

/* False when the command is over, with *code as the exit code. */
static bool options_read(int argc, char **argv, struct schema_options *options, int *code)
{
	static const struct option known[] = { { "kind", required_argument, NULL, 'k' },
					       { "format", required_argument, NULL, 'f' },
					       { "help", no_argument, NULL, 'h' },
					       { NULL, 0, NULL, 0 } };
	int option;

	*code = EXIT_USAGE;
	optind = 0; /* begins anew, whoever parsed before */
	while ((option = getopt_long(argc, argv, "h", known, NULL)) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			*code = EXIT_DONE;
			return false;
		}
		if (option == '?' || (option == 'k' && !kind_parse(optarg, options)) ||
		    (option == 'f' && !format_parse(optarg, options)))
			return false;
	}
	if (optind == argc)
		return true;
	fprintf(stderr, "labsync: error: unexpected argument \"%s\"; see labsync schema --help\n", argv[optind]);
	return false;
}

static bool markdown_print(void)
{
	cleanup(buffer) struct buffer page = BUFFER_INIT;

	schema_write_markdown(&page);
	return fputs(buffer_text(&page), stdout) != EOF;
}

static bool json_print(const struct schema_kind *kind)
{
	cleanup(json) json_t *schema = json_schema_build(kind);

	return json_dumpf(schema, stdout, JSON_INDENT(2)) == 0 && fputc('\n', stdout) != EOF;
}

int command_schema(int argc, char **argv)
{
	struct schema_options options = { .format = FORMAT_JSON };
	bool written;
	int code;

	if (!options_read(argc, argv, &options, &code))
		return code;
	written = options.format == FORMAT_MARKDOWN ? markdown_print() : json_print(options.kind);
	if (written && fflush(stdout) == 0)
		return EXIT_DONE;
	fputs("labsync: error: cannot write to standard output\n", stderr);
	return EXIT_FAILED;
}
