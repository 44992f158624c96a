#include "render/dialects/registry.h"

#include <string.h>

#include "base/buffer.h"
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "render/lab/names.h"

enum { KINDS_SHOWN = 64 };

/* A row for each dialect: its declaration, and its place in the list. */
extern const struct dialect controlplane_dialect, deckhouse_dialect, kubevirt_dialect, vmoperator_dialect;

const struct dialect *const dialects[] = { &kubevirt_dialect, &controlplane_dialect, &deckhouse_dialect,
					   &vmoperator_dialect, NULL };

const struct dialect *dialect_find(const char *name)
{
	for (size_t i = 0; dialects[i]; i++)
		if (text_equal(dialects[i]->name, name))
			return dialects[i];
	return NULL;
}

static bool has_version(const struct dialect *dialect, const char *version)
{
	for (const char *const *known = dialect->versions; *known; known++)
		if (text_equal(*known, version))
			return true;
	return false;
}

static const struct dialect_kind *kind_in(const struct dialect *dialect, const char *version, const char *name)
{
	if (dialect->kind_is_ours && !dialect->kind_is_ours(version, name))
		return NULL;
	for (const struct dialect_kind *kind = dialect->kinds; kind->name; kind++)
		if (text_equal(kind->name, name))
			return kind;
	return NULL;
}

static bool is_refused_kind(const struct dialect *dialect, const char *name)
{
	for (size_t i = 0; dialect->refused_kinds && dialect->refused_kinds[i]; i++)
		if (text_equal(dialect->refused_kinds[i], name))
			return true;
	return false;
}

bool dialect_of(const char *version, const char *kind_name, const struct dialect **dialect,
		const struct dialect_kind **kind)
{
	const char *given = version ? version : "";

	*dialect = NULL;
	*kind = NULL;
	for (size_t i = 0; dialects[i] && *kind == NULL; i++) {
		if (!has_version(dialects[i], given))
			continue;
		*kind = kind_in(dialects[i], given, kind_name);
		if (*kind || *dialect == NULL)
			*dialect = dialects[i];
	}
	/* Without a version, only a kind of theirs tells that a document is theirs. */
	return *kind || (*dialect && (*given || is_refused_kind(*dialect, kind_name)));
}

const char *dialect_versions_beside(struct arena *arena, const char *version)
{
	cleanup(buffer) struct buffer list = BUFFER_INIT;
	size_t group = strcspn(version, "/") + 1; /* with the "/" */

	for (size_t i = 0; dialects[i] && strchr(version, '/'); i++)
		for (const char *const *known = dialects[i]->versions; *known; known++)
			if (strncmp(*known, version, group) == 0)
				buffer_format(&list, "%s%s", list.length ? ", " : "", *known);
	return list.length ? arena_copy(arena, buffer_text(&list), list.length) : NULL;
}

/* Those of one group: "kubevirt.io/". */
static void versions_append(const struct dialect *dialect, const char *group, size_t length, struct buffer *list)
{
	for (const char *const *known = dialect->versions; *known; known++)
		if (strncmp(*known, group, length) == 0)
			buffer_format(list, "%s%s", list->length ? ", " : "", *known);
}

bool dialect_refuse_version(struct reader *reader, const struct yaml_node *root)
{
	const struct yaml_node *version = yaml_get(root, "apiVersion");
	const char *slash = version && version->kind == YAML_STRING ? strchr(version->text, '/') : NULL;
	cleanup(buffer) struct buffer list = BUFFER_INIT;

	for (size_t i = 0; slash && dialects[i]; i++)
		versions_append(dialects[i], version->text, (size_t)(slash - version->text) + 1, &list);
	if (list.length == 0)
		return false;
	reader_refuse(reader, version, "apiVersion %s is not known; use one of %s",
		      reader_quote(reader, version->text), buffer_text(&list));
	return true;
}

bool dialect_document_open(struct reader *reader, const struct dialect *dialect, const struct dialect_kind *kind,
			   const struct yaml_node *root, struct fact *fact)
{
	const struct yaml_node *version = yaml_get(root, "apiVersion"), *spec = yaml_get(root, "spec"), *name,
			       *namespace_name;

	*fact = (struct fact){
		.dialect = dialect,
		.kind = kind,
		.version = version && version->kind == YAML_STRING ? version->text : "",
		.place = { reader->path, root->line, root->column },
		.file = reader->file,
		.root = root,
		.metadata = dialect->metadata ? dialect->metadata(reader->arena, root) : NULL,
		.spec = spec && spec->kind == YAML_MAPPING ? spec : NULL,
	};
	if (fact->metadata == NULL)
		fact->metadata = yaml_get(root, "metadata");
	name = yaml_get(fact->metadata, "name");
	namespace_name = yaml_get(fact->metadata, "namespace");
	if (fact->metadata == NULL || fact->metadata->kind != YAML_MAPPING || name == NULL ||
	    name->kind != YAML_STRING || name->length == 0) {
		reader_refuse(reader, name ? name : root,
			      name && name->kind != YAML_STRING
				      ? "%s has a name that is no string; write %s in quotes"
				      : "%s has no name; set %s",
			      kind->name, dialect->metadata ? "name" : "metadata.name");
		return false;
	}
	fact->name = name->text;
	if (namespace_name && namespace_name->kind == YAML_STRING)
		fact->namespace_name = namespace_name->text;
	return true;
}

void dialect_refuse_kind(struct reader *reader, const struct dialect *dialect, const struct yaml_node *root)
{
	const struct yaml_node *version = yaml_get(root, "apiVersion"), *kind = yaml_get(root, "kind");
	const char *text = version ? version->text : "", *names[KINDS_SHOWN + 1] = { NULL };
	const char *advice = dialect->kind_advice ? dialect->kind_advice(reader, text, kind->text) : NULL, *nearest;
	const char *origin = *text ? text : dialect->title;
	size_t count = 0;

	for (const struct dialect_kind *known = dialect->kinds; known->name && count < KINDS_SHOWN; known++)
		if (kind_in(dialect, text, known->name))
			names[count++] = known->name;
	nearest = text_nearest(kind->text, names);
	if (advice)
		reader_refuse(reader, kind, "kind %s of %s is not read by labsync; %s",
			      reader_quote(reader, kind->text), origin, advice);
	else if (text_ends_with(kind->text, "List"))
		reader_refuse(reader, kind,
			      "%s is no list of documents; write them under items, and no List in a List",
			      reader_quote(reader, kind->text));
	else if (nearest)
		reader_refuse(reader, kind, "kind %s of %s is not read by labsync; did you mean \"%s\"?",
			      reader_quote(reader, kind->text), origin, nearest);
	else
		reader_refuse(reader, kind,
			      "kind %s of %s is not read by labsync; remove the document, or keep it outside "
			      "of the source's path",
			      reader_quote(reader, kind->text), origin);
}
