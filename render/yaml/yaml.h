/* YAML and JSON text to values with source positions, read as Kubernetes reads
 * it (sigs.k8s.io/yaml: YAML 1.1 scalars, merge keys, duplicate keys refused),
 * with one exception: base-60 integers and floats are strings, since an
 * unquoted MAC address like 12:20:22:00:00:01 is never meant as a number.
 * What has an anchor (&name) stands where the anchor does.
 *
 * Everything that a parse makes lives in the arena that was passed in. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/diagnostic.h"

enum yaml_kind { YAML_NULL, YAML_BOOLEAN, YAML_INTEGER, YAML_REAL, YAML_STRING, YAML_SEQUENCE, YAML_MAPPING };

struct yaml_node {
	enum yaml_kind kind;
	size_t line, column; /* from 1 */
	const char *text; /* scalars: as written; NULL for the others */
	size_t length; /* of the text; strings hold no NUL byte */
	bool is_text_too; /* a number or boolean whose text will do where a string must be: a variable's */
	union {
		bool boolean;
		int64_t integer;
		double real;
	};
	struct yaml_node **items; /* sequences */
	struct yaml_pair *pairs; /* mappings, in the order of the text */
	size_t count; /* of items or pairs */
};

struct yaml_pair {
	const char *key; /* keys that are no strings are spelt as Kubernetes does: "1", "true" */
	size_t line, column;
	struct yaml_node *value;
};

struct yaml_documents {
	struct yaml_node **roots; /* empty documents (only comments, or null) are left out */
	size_t count;
};

enum yaml_limits {
	YAML_SIZE_MAX = 4 * 1024 * 1024, /* bytes of one file */
	YAML_DEPTH_MAX = 100,
	YAML_DOCUMENTS_MAX = 1000,
	YAML_NODES_MAX = 1000000 /* of one file after anchors and merge keys are expanded */
};

/* Reads one file. False when it is not YAML or passes a limit; what is wrong
 * is in `diagnostics`, with positions in `path`, and what to do about it. */
bool yaml_parse(struct arena *arena, const char *path, const char *text, size_t length,
		struct yaml_documents *documents, struct diagnostics *diagnostics);

/* The value under `key`; NULL when `mapping` is no mapping or lacks it. */
struct yaml_node *yaml_get(const struct yaml_node *mapping, const char *key);
const struct yaml_pair *yaml_get_pair(const struct yaml_node *mapping, const char *key);

/* "a mapping", "a string", ... for messages. */
const char *yaml_kind_name(enum yaml_kind kind);

/* New reference. A real without a fraction becomes an integer (1.0 is 1), as in
 * the JSON that kubectl sends. */
json_t *yaml_to_json_new(const struct yaml_node *node);

/* Writes `value` as block-style YAML that yaml_parse(), and any YAML 1.1 or 1.2
 * reader, reads back as the same value. Keys are sorted, but for apiVersion,
 * kind, metadata, spec which lead at the top level. Equal values give equal
 * bytes. No "---" is written. */
void yaml_write(const json_t *value, struct buffer *out);
