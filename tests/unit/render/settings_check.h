/* Reads the layers of one node's settings, each a text of its own, and lays them
 * over each other as a lab's reader does. */
#pragma once

#include <check.h>
#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "render/lab/lab.h"
#include "render/lab/reader.h"

struct settings_reading {
	struct arena arena;
	struct diagnostics diagnostics;
	struct reader reader;
	struct lab_file file; /* that is read */
};

static inline void settings_reading_cleanup(struct settings_reading *reading)
{
	arena_deinit(&reading->arena);
	diagnostics_deinit(&reading->diagnostics);
}

/* "banner.txt" is 7 bytes long; "large.txt" and "larger.txt" are half as long as
 * a pod's files may be, and a byte longer. */
static inline bool settings_lookup_read(void *context, const char *path, size_t most, struct buffer *text,
					struct error *err)
{
	size_t size = strcmp(path, "labs/large.txt") == 0 ? 450 * 1024 : 450 * 1024 + 1;

	(void)context;
	(void)most;
	if (strcmp(path, "labs/banner.txt") == 0) {
		buffer_append_text(text, "hello\n\n");
		return true;
	}
	if (strcmp(path, "labs/large.txt") != 0 && strcmp(path, "labs/larger.txt") != 0)
		return error_set(err, ERROR_NOT_FOUND, "no such file");
	for (size_t i = 0; i < size; i++)
		buffer_append_char(text, 'x');
	return true;
}

static const struct lab_lookup settings_lookup = { .read = settings_lookup_read, .root = "" };

static inline void settings_reading_init(struct settings_reading *reading)
{
	*reading = (struct settings_reading){ .diagnostics = DIAGNOSTICS_INIT };
	reading->reader = (struct reader){
		.arena = &reading->arena,
		.diagnostics = &reading->diagnostics,
		.lookup = &settings_lookup,
	};
}

/* `below` with the text of a layer laid over it; the same when the text is NULL.
 * The file is called after the layer: "labs/node.yaml". */
static inline const void *settings_overlay(struct settings_reading *reading, const struct value_type *type,
					   const char *what, const void *below, enum layer layer, const char *text)
{
	struct reader *reader = &reading->reader;
	struct yaml_documents documents;

	if (text == NULL)
		return below;
	reader->layer = layer;
	reader->path = arena_format(&reading->arena, "labs/%s.yaml", layer_name(layer));
	reading->file = (struct lab_file){ .path = reader->path, .text = text, .length = strlen(text) };
	reader->file = &reading->file;
	ck_assert(yaml_parse(&reading->arena, reader->path, text, strlen(text), &documents, &reading->diagnostics));
	ck_assert_uint_eq(documents.count, 1);
	return object_overlay(&reading->arena, type, below, object_read(reader, documents.roots[0], what, type));
}

/* All diagnostics, a line each, in the order of the text. The caller frees. */
static inline char *settings_reading_lines_new(struct settings_reading *reading)
{
	struct buffer out = BUFFER_INIT;

	diagnostics_sort(&reading->diagnostics);
	for (size_t i = 0; i < reading->diagnostics.count; i++) {
		diagnostic_write(&reading->diagnostics.items[i], &out);
		buffer_append_char(&out, '\n');
	}
	return buffer_steal(&out);
}
