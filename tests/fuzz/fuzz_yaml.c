/* Whatever parses can be written, reads back as the same value, and is written
 * the same way again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "render/yaml/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort(); /* the fuzzer keeps the input */
}

static void check_document(const struct yaml_node *root)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(json) json_t *value = yaml_to_json_new(root);
	cleanup(json) json_t *again = NULL;
	cleanup(buffer) struct buffer text = BUFFER_INIT;
	cleanup(buffer) struct buffer text_again = BUFFER_INIT;
	struct yaml_documents documents;

	yaml_write(value, &text);
	if (text.length > YAML_SIZE_MAX)
		return; /* aliases written out may be more than a file can hold */
	must(yaml_parse(&arena, "fuzz", text.data, text.length, &documents, &diagnostics));
	must(documents.count == 1);
	again = yaml_to_json_new(documents.roots[0]);
	must(json_equal(value, again));
	yaml_write(again, &text_again);
	must(strcmp(buffer_text(&text), buffer_text(&text_again)) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct yaml_documents documents;
	bool parsed = yaml_parse(&arena, "fuzz", (const char *)data, size, &documents, &diagnostics);

	must(parsed == (diagnostics.errors == 0));
	for (size_t i = 0; i < documents.count; i++)
		check_document(documents.roots[i]);
	return 0;
}
