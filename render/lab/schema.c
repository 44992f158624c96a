#include "render/lab/schema.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "render/dialects/mapping.h"
#include "render/dialects/registry.h"
#include "render/lab/config.h"
#include "render/lab/defaults.h"
#include "render/lab/read.h"

enum { NAMES_MAX = 128 };

static const struct schema_kind kinds[] = {
	{ LAB_KIND, "A network lab: nodes, and the links between them. One document is one lab.", &lab_type },
	{ DEFAULTS_KIND,
	  "What holds for the labs in the folder of its file and in those below. A deeper folder's goes before. "
	  "There is at most one in a folder.",
	  &defaults_document_type },
	{ CONFIG_KIND, "What holds for all labs of a source. There is at most one, named " KNL_CONFIG_NAME ".",
	  &config_type },
	{ MAPPING_KIND,
	  "What names stand for that VMs of other systems' formats use: images, classes, networks. All of a source's "
	  "hold "
	  "together, for all of it.",
	  &mapping_document_type },
	{ .name = NULL },
};

const struct schema_kind *schema_kinds(void)
{
	return kinds;
}

static const struct schema_kind *kind_find(const char *name, size_t length)
{
	for (const struct schema_kind *kind = kinds; kind->name; kind++)
		if (strlen(kind->name) == length && strncasecmp(kind->name, name, length) == 0)
			return kind;
	return NULL;
}

const struct schema_kind *schema_kind_find(const char *name)
{
	return kind_find(name, strlen(name));
}

const struct value_type *schema_root(const char *kind)
{
	const struct schema_kind *found = schema_kind_find(kind);

	return found ? found->type : NULL;
}

const struct value_type *schema_object(const struct value_type *type)
{
	while (type && type->fields == NULL)
		type = type->items;
	return type;
}

const struct field *schema_children(const struct value_type *type)
{
	const struct value_type *object = schema_object(type);

	return object ? object->fields : NULL;
}

/* The field whose name `path` begins with. Names may have dots themselves
 * ("labsync.dev/adopt"), so that what follows the name decides. */
static const struct field *child_find(const struct field *fields, const char *path)
{
	for (; fields && fields->name; fields++) {
		size_t length = strlen(fields->name);

		if (strncmp(fields->name, path, length) == 0 && (path[length] == '\0' || path[length] == '.'))
			return fields;
	}
	return NULL;
}

/* What to say after "there is no ..."; the caller frees. */
static char *suggestion_new(const char *wanted, const char *const *names)
{
	cleanup(buffer) struct buffer list = BUFFER_INIT;
	const char *nearest = text_nearest(wanted, names);

	if (nearest)
		return string_format("did you mean \"%s\"?", nearest);
	for (size_t i = 0; names[i]; i++)
		buffer_format(&list, "%s%s", i ? ", " : "it takes ", names[i]);
	return list.length ? buffer_steal(&list) : string_copy("it has no fields");
}

static bool refuse_kind(const char *path, size_t length, struct error *err)
{
	const char *names[NAMES_MAX + 1] = { NULL };
	cleanup(free) char *wanted = string_copy_n(path, length);
	cleanup(free) char *printable = text_printable(wanted, TEXT_ONE_LINE);
	cleanup(free) char *suggestion = NULL;

	size_t count = 0;

	for (size_t i = 0; kinds[i].name; i++)
		names[count++] = kinds[i].name;
	for (size_t i = 0; dialects[i] && count < NAMES_MAX; i++)
		names[count++] = dialects[i]->name;
	suggestion = suggestion_new(wanted, names);
	if (text_nearest(wanted, names))
		return error_set(err, ERROR_NOT_FOUND, "unknown kind \"%s\"; %s", printable, suggestion);
	return error_set(err, ERROR_NOT_FOUND, "unknown kind \"%s\"; see labsync explain", printable);
}

static bool refuse_field(const char *path, const char *rest, const struct field *fields, struct error *err)
{
	const char *names[NAMES_MAX + 1] = { NULL };
	cleanup(free) char *wanted = string_copy_n(rest, strcspn(rest, "."));
	cleanup(free) char *parent = string_copy_n(path, (size_t)(rest - path) - 1);
	cleanup(free) char *printable = text_printable(wanted, TEXT_ONE_LINE);
	cleanup(free) char *suggestion = NULL;

	for (size_t i = 0; fields && fields[i].name && i < NAMES_MAX; i++)
		names[i] = fields[i].name;
	suggestion = suggestion_new(wanted, names);
	return error_set(err, ERROR_NOT_FOUND, "unknown field \"%s\" in %s; %s", printable, parent, suggestion);
}

static const struct dialect *dialect_at(const char *path, size_t length)
{
	for (size_t i = 0; dialects[i]; i++)
		if (strlen(dialects[i]->name) == length && strncasecmp(dialects[i]->name, path, length) == 0)
			return dialects[i];
	return NULL;
}

static bool refuse_dialect_kind(const char *path, const char *rest, const struct dialect *dialect, struct error *err)
{
	const char *names[NAMES_MAX + 1] = { NULL };
	cleanup(free) char *wanted = string_copy_n(rest, strcspn(rest, "."));
	cleanup(free) char *printable = text_printable(wanted, TEXT_ONE_LINE);
	cleanup(free) char *suggestion = NULL;

	for (size_t i = 0; dialect->kinds[i].name && i < NAMES_MAX; i++)
		names[i] = dialect->kinds[i].name;
	suggestion = suggestion_new(wanted, names);
	if (rest == path)
		return error_set(err, ERROR_NOT_FOUND, "%s has several kinds; %s", dialect->name, suggestion);
	return error_set(err, ERROR_NOT_FOUND, "unknown kind \"%s\" of %s; %s", printable, dialect->name, suggestion);
}

/* Finds the kind at the beginning of the path; returns how much of it is used up, 0 after it told that there is none. */
static size_t kind_take(const char *path, struct schema_place *place, struct error *err)
{
	size_t length = strcspn(path, "."), more;
	const struct schema_kind *own = kind_find(path, length);
	const struct dialect *dialect = dialect_at(path, length);
	const char *rest = path + length + 1;

	if (own) {
		*place = (struct schema_place){ .kind = *own };
		return length;
	}
	if (dialect == NULL)
		return refuse_kind(path, length, err), 0;
	if (path[length] == '\0')
		return refuse_dialect_kind(path, path, dialect, err), 0;
	more = strcspn(rest, ".");
	for (const struct dialect_kind *kind = dialect->kinds; kind->name; kind++)
		if (strlen(kind->name) == more && strncasecmp(kind->name, rest, more) == 0) {
			*place = (struct schema_place){
				.kind = { kind->name, kind->description ? kind->description : dialect->title,
					  kind->type },
				.dialect = dialect
			};
			return length + 1 + more;
		}
	return refuse_dialect_kind(path, rest, dialect, err), 0;
}

bool schema_find(const char *path, struct schema_place *place, struct error *err)
{
	size_t length = kind_take(path, place, err);
	const char *rest = path + length;
	const struct value_type *type;

	if (length == 0)
		return false;
	type = place->kind.type;
	while (*rest == '.') {
		const struct field *fields = schema_children(type);

		rest++;
		place->field = child_find(fields, rest);
		if (place->field == NULL)
			return refuse_field(path, rest, fields, err);
		type = place->field->type;
		rest += strlen(place->field->name);
	}
	return true;
}

void schema_write_versions(const struct schema_place *place, struct buffer *out)
{
	const struct dialect *dialect = place->dialect;
	const char *const *versions =
		dialect ? dialect->versions : field_find(place->kind.type->fields, "apiVersion")->type->allowed;
	size_t count = 0;

	for (; *versions; versions++)
		if (dialect == NULL || dialect->kind_is_ours == NULL ||
		    dialect->kind_is_ours(*versions, place->kind.name))
			buffer_format(out, "%s%s", count++ ? ", " : "", **versions ? *versions : "none");
}

void schema_write_kinds(struct buffer *out)
{
	for (const struct schema_kind *kind = kinds; kind->name; kind++)
		buffer_format(out, "%-10s %s\n", kind->name, kind->description);
	for (size_t i = 0; dialects[i]; i++) {
		buffer_format(out, "\n%s:\n", dialects[i]->title);
		for (const struct dialect_kind *kind = dialects[i]->kinds; kind->name; kind++)
			buffer_format(out, "  %s.%s%s%s\n", dialects[i]->name, kind->name,
				      kind->description ? "  " : "", kind->description ? kind->description : "");
	}
}

void schema_type_write(const struct value_type *type, struct buffer *out)
{
	for (; type->items && type->shape != VALUE_ANY; type = type->items)
		buffer_append_text(out, type->shape == VALUE_LIST ? "list of " : "map of ");
	buffer_append_text(out, type->name);
	if (type->shape == VALUE_ANY && type->items) {
		buffer_append_text(out, " of ");
		schema_type_write(type->items, out);
	}
}

const char *schema_presence_name(enum field_presence presence)
{
	static const char *const names[] = { [FIELD_OPTIONAL] = "no",
					     [FIELD_REQUIRED] = "yes",
					     [FIELD_REQUIRED_SOMEWHERE] = "yes, here or in the defaults" };

	return names[presence];
}
