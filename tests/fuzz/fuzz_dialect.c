/* Whatever is taken as a document of FUZZED_DIALECT becomes objects with a kind and a
 * name, or is told of; and the Lab that it means, written as text and read again,
 * becomes the same objects. One program for each dialect. */
#include <crypt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "render/dialects/convert.h"
#include "render/dialects/registry.h"
#include "render/render.h"
#include "render/yaml/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct lab_options options = { .default_namespace = "labs" };

static void must(bool holds)
{
	if (!holds)
		abort(); /* the fuzzer keeps the input */
}

/* Stands in for libcrypt's, which takes milliseconds. */
char *crypt_rn(const char *password, const char *setting, void *data, int size)
{
	(void)password;
	strncpy(data, setting, (size_t)size - 1);
	return data;
}

static bool has_version_of(const struct dialect *dialect, const struct yaml_node *root)
{
	const struct yaml_node *version = yaml_get(root, "apiVersion");
	const char *text = version && version->text ? version->text : "";

	for (const char *const *known = dialect->versions; *known; known++)
		if (text_equal(*known, text))
			return true;
	return false;
}

/* What is beside documents of dialects, and would not be in the Labs that they become. */
static bool is_of_labs(const struct yaml_node *root)
{
	const struct yaml_node *kind = yaml_get(root, "kind");

	return kind && kind->text && (text_equal(kind->text, "Lab") || text_equal(kind->text, "Defaults"));
}

struct content {
	bool is_ours; /* of the dialect; inputs of others would leave the one that is tested for those */
	bool has_labs;
};

static struct content content_of(const struct lab_file *file)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct yaml_documents documents;
	struct content content = { .is_ours = false };

	if (!yaml_parse(&arena, file->path, file->text, file->length, &documents, &diagnostics))
		return content;
	for (size_t i = 0; i < documents.count; i++) {
		content.is_ours |= has_version_of(dialect_find(FUZZED_DIALECT), documents.roots[i]);
		content.has_labs |= is_of_labs(documents.roots[i]);
	}
	return content;
}

/* But for the file's name, which a Lab that is written anew does not have. */
static void object_write(const json_t *object, struct buffer *out)
{
	cleanup(json) json_t *copy = json_deep_copy(object);

	json_object_del(json_at(copy, "metadata", "annotations", NULL), "labsync.dev/path");
	buffer_append_text(out, "---\n");
	yaml_write(copy, out);
}

static void objects_write(const struct render_result *result, struct buffer *out)
{
	for (size_t i = 0; i < result->count; i++)
		for (size_t j = 0; j < result->labs[i].count; j++) {
			const json_t *object = result->labs[i].objects[j].value;
			const char *name = json_text_at(object, "metadata", "name", NULL);

			must(json_text_at(object, "kind", NULL) && json_text_at(object, "apiVersion", NULL));
			must(name && *name);
			object_write(object, out);
		}
}

static void lab_append(void *data, const json_t *lab)
{
	struct buffer *text = data;

	must(text_is_dns_label(json_text_at(lab, "metadata", "name", NULL)));
	buffer_append_text(text, "---\n");
	yaml_write(lab, text);
}

static void check_round_trip(const struct lab_file *file, const struct render_result *direct)
{
	cleanup(buffer) struct buffer labs = BUFFER_INIT, wanted = BUFFER_INIT, found = BUFFER_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(render_result) struct render_result again = RENDER_RESULT_INIT;
	struct lab_file written = { .path = "lab.yaml" };

	dialects_convert(file, 1, &options, NULL, lab_append, &labs, &diagnostics);
	if (labs.length > YAML_SIZE_MAX)
		return; /* what anchors made of little text */
	written.text = buffer_text(&labs);
	written.length = labs.length;
	render_labs(&written, 1, &options, &again);
	objects_write(direct, &wanted);
	objects_write(&again, &found);
	must(text_equal(buffer_text(&wanted), buffer_text(&found)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct lab_file file = { .path = "fuzz.yaml", .text = (const char *)data, .length = size };
	const struct content content = content_of(&file);
	cleanup(render_result) struct render_result direct = RENDER_RESULT_INIT;

	if (!content.is_ours)
		return -1;
	render_labs(&file, 1, &options, &direct);
	must(direct.complete || direct.diagnostics.errors > 0);
	for (size_t i = 0; i < direct.count; i++)
		must(direct.labs[i].valid || direct.diagnostics.errors > 0);
	if (direct.diagnostics.errors == 0 && !content.has_labs)
		check_round_trip(&file, &direct);
	return 0;
}
