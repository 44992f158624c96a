#include "daemon/command_explain.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "daemon/options.h"
#include "render/lab/reader.h"
#include "render/lab/schema.h"

enum { LINE_WIDTH = 80, INDENT = 4 };

static const char usage[] =
	"Usage: labsync explain [[FORMAT.]KIND[.FIELD...]]\n"
	"\n"
	"Tells what a field means: labsync explain lab.spec.nodes.vm.diskSize, and of other systems'\n"
	"formats: labsync explain deckhouse.VirtualDisk.spec.dataSource. Names of nodes and links are\n"
	"left out of the path. Without a path, it lists the kinds.\n"
	"\n"
	"  -h, --help  this text\n";

/* Words in lines of LINE_WIDTH, indented. */
static void wrapped_write(const char *text, struct buffer *out)
{
	size_t column = 0;

	while (*text) {
		size_t length = strcspn(text, " ");

		if (column > 0 && column + 1 + length > LINE_WIDTH) {
			buffer_append_char(out, '\n');
			column = 0;
		}
		if (column == 0)
			buffer_format(out, "%*s", INDENT, "");
		else
			buffer_append_char(out, ' ');
		buffer_append(out, text, length);
		column += (column ? 1 : INDENT) + length;
		text += length;
		text += *text == ' ';
	}
	buffer_append_char(out, '\n');
}

static void words_write(const char *const *words, struct buffer *out)
{
	for (size_t i = 0; words[i]; i++)
		buffer_format(out, "%s%s", i == 0 ? "" : ", ", words[i]);
}

static void type_line_write(const struct value_type *type, struct buffer *out)
{
	buffer_append_text(out, "TYPE:     ");
	schema_type_write(type, out);
	buffer_append_char(out, '\n');
	while (type->allowed == NULL && type->items)
		type = type->items;
	if (type->allowed == NULL)
		return;
	buffer_append_text(out, "ONE OF:   ");
	words_write(type->allowed, out);
	buffer_append_char(out, '\n');
}

/* What else the type says: how large a number may be, how long a list. */
static void bounds_write(const struct value_type *type, struct buffer *out)
{
	if (type->shape == VALUE_NUMBER && type->maximum)
		buffer_format(out, "RANGE:    %" PRId64 " to %" PRId64 "\n", type->minimum, type->maximum);
	else if (type->shape == VALUE_NUMBER && type->minimum)
		buffer_format(out, "RANGE:    at least %" PRId64 "\n", type->minimum);
	if (type->items_min)
		buffer_format(out, "AT LEAST: %zu\n", type->items_min);
	if (type->items_max)
		buffer_format(out, "AT MOST:  %zu\n", type->items_max);
}

static void field_write(const struct field *field, struct buffer *out)
{
	static const char *const standings[] = {
		[VALUE_WITHOUT_EFFECT] = "accepted with a warning", [VALUE_REFUSED] = "refused"
	};

	type_line_write(field->type, out);
	bounds_write(field->type, out);
	buffer_format(out, "DEFAULT:  %s\n", field->fallback ? field->fallback : "-");
	buffer_format(out, "REQUIRED: %s\n", schema_presence_name(field->presence));
	if (field->type->standing != VALUE_USED)
		buffer_format(out, "STANDING: %s\n", standings[field->type->standing]);
}

static void children_write(const struct field *fields, struct buffer *out)
{
	if (fields == NULL)
		return;
	buffer_append_text(out, "\nFIELDS:\n");
	for (; fields->name; fields++) {
		buffer_format(out, "  %s\t<", fields->name);
		schema_type_write(fields->type, out);
		buffer_format(out, ">%s\n", fields->presence == FIELD_OPTIONAL ? "" : " -required-");
		wrapped_write(fields->description, out);
	}
}

static void place_write(const struct schema_place *place, const char *path, struct buffer *out)
{
	const char *field = strchr(path, '.');

	if (place->dialect)
		field = strchr(field + 1, '.');
	buffer_format(out, "KIND:     %s\nVERSION:  ", place->kind.name);
	schema_write_versions(place, out);
	buffer_append_char(out, '\n');
	if (place->field) {
		buffer_format(out, "\nFIELD:    %s\n", field + 1);
		field_write(place->field, out);
	}
	buffer_append_text(out, "\nDESCRIPTION:\n");
	wrapped_write(place->field ? place->field->description : place->kind.description, out);
	children_write(schema_children(place->field ? place->field->type : place->kind.type), out);
}

/* False after it told that there is no such path. */
static bool path_write(const char *path, struct buffer *out)
{
	cleanup(error) struct error err = ERROR_INIT;
	struct schema_place place;

	if (!schema_find(path, &place, &err)) {
		fprintf(stderr, "labsync: error: %s\n", err.message);
		return false;
	}
	place_write(&place, path, out);
	return true;
}

int command_explain(int argc, char **argv)
{
	static const struct option options[] = { { "help", no_argument, NULL, 'h' }, { NULL, 0, NULL, 0 } };
	cleanup(buffer) struct buffer out = BUFFER_INIT;
	int option;

	optind = 0; /* begins anew, whoever parsed before */
	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		fputs(usage, option == 'h' ? stdout : stderr);
		return option == 'h' ? EXIT_DONE : EXIT_USAGE;
	}
	if (argc - optind > 1) {
		fprintf(stderr, "labsync: error: unexpected argument \"%s\"; see labsync explain --help\n",
			argv[optind + 1]);
		return EXIT_USAGE;
	}
	if (optind == argc)
		schema_write_kinds(&out);
	else if (!path_write(argv[optind], &out))
		return EXIT_FAILED;
	fputs(buffer_text(&out), stdout);
	return fflush(stdout) == 0 ? EXIT_DONE : EXIT_FAILED;
}
