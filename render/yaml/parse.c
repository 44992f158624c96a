#include <string.h>

#include "render/yaml/builder.h"
#include "render/yaml/encoding.h"
#include "render/yaml/events.h"
#include "render/yaml/json_reader.h"
#include "render/yaml/yaml.h"

static void drop_byte_order_mark(const char **text, size_t *length)
{
	static const char mark[] = "\xef\xbb\xbf";

	if (*length < sizeof(mark) - 1 || memcmp(*text, mark, sizeof(mark) - 1) != 0)
		return;
	*text += sizeof(mark) - 1;
	*length -= sizeof(mark) - 1;
}

static bool looks_like_json(const char *text, size_t length)
{
	size_t at = 0;

	while (at < length && strchr(" \t\r\n", text[at]))
		at++;
	return at < length && (text[at] == '{' || text[at] == '[');
}

static void set_one_document(struct arena *arena, struct yaml_documents *documents, struct yaml_node *root)
{
	documents->roots = arena_new(arena, sizeof(*documents->roots));
	documents->roots[0] = root;
	documents->count = 1;
}

static void parse_text(const struct yaml_builder *start, const char *text, size_t length,
		       struct yaml_documents *documents)
{
	struct yaml_builder builder = *start;

	if (!yaml_encoding_check(&builder, text, length))
		return;
	if (looks_like_json(text, length)) {
		struct yaml_node *root = yaml_read_json(&builder, text, length);

		if (root)
			set_one_document(builder.arena, documents, root);
		if (root || builder.stopped)
			return;
		/* Not JSON after all: YAML is read from the beginning, and finds any mistake again. */
		diagnostics_deinit(builder.diagnostics);
		builder = *start;
	}
	yaml_read_events(&builder, text, length, documents);
}

bool yaml_parse(struct arena *arena, const char *path, const char *text, size_t length,
		struct yaml_documents *documents, struct diagnostics *diagnostics)
{
	cleanup(diagnostics) struct diagnostics found = DIAGNOSTICS_INIT;
	struct yaml_builder builder = { .arena = arena, .path = path, .diagnostics = &found };
	bool good;

	*documents = (struct yaml_documents){ .count = 0 };
	if (length > YAML_SIZE_MAX) {
		diagnostics_add(diagnostics, DIAGNOSTIC_ERROR, path, 0, 0, "the file is larger than %d MiB; split it",
				YAML_SIZE_MAX / 1024 / 1024);
		return false;
	}
	drop_byte_order_mark(&text, &length);
	parse_text(&builder, text, length, documents);
	good = found.errors == 0;
	if (!good)
		*documents = (struct yaml_documents){ .count = 0 };
	diagnostics_sort(&found);
	diagnostics_move(diagnostics, &found);
	return good;
}
