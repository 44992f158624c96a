#include "render/lab/vm_user_data.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/text.h"
#include "render/lab/cloud_config_keys.h"
#include "render/lab/scalar_place.h"

/* How far cloud-init looks for the header of a MIME message. */
enum { MIME_HEAD = 4096 };

/* Text that was given: in a file, or as a scalar of the lab. */
struct given {
	const char *name; /* for messages */
	const char *text;
	size_t length;
	const char *path; /* of the file; NULL for a scalar */
	const struct yaml_node *scalar;
};

static struct given given_value(const char *name, const struct yaml_node *value)
{
	return (struct given){ .name = name, .text = value->text, .length = value->length, .scalar = value };
}

static struct given given_file(struct reader *reader, const struct lab_text_file *file)
{
	return (struct given){ .name = reader_quote(reader, file->path),
			       .text = file->text,
			       .length = file->length,
			       .path = file->path };
}

/* The byte at which a line and column, in characters, begin. */
static size_t offset_of(const struct given *given, size_t line, size_t column)
{
	const char *at = given->text;

	for (size_t i = 1; i < line; i++) {
		const char *newline = strchr(at, '\n');

		if (newline == NULL)
			break;
		at = newline + 1;
	}
	for (size_t i = 1; i < column && *at && *at != '\n'; i++)
		do
			at++;
		while (((unsigned char)*at & 0xc0) == 0x80);
	return (size_t)(at - given->text);
}

static struct place place_in(struct reader *reader, const struct given *given, size_t line, size_t column)
{
	size_t offset;

	if (given->path)
		return (struct place){ given->path, line ? line : 1, column ? column : 1 };
	offset = line ? offset_of(given, line, column) : 0;
	/* What is missing at the end stands behind the last character. */
	while (offset > 0 && strchr(" \t\r\n", given->text[offset]))
		offset--;
	return scalar_place(reader, given->scalar, offset);
}

/* The only document of the text; NULL after it told why there is none. */
static const struct yaml_node *document_parse(struct reader *reader, const struct given *given, const char *kind)
{
	cleanup(diagnostics) struct diagnostics found = DIAGNOSTICS_INIT;
	struct yaml_documents documents = { .count = 0 };
	bool parsed = yaml_parse(reader->arena, "", given->text, given->length, &documents, &found);

	for (size_t i = 0; i < found.count; i++) {
		const struct diagnostic *item = &found.items[i];
		struct place place = place_in(reader, given, item->line, item->column);

		if (item->severity == DIAGNOSTIC_ERROR)
			reader_error_at(reader, &place, "%s is no %s: %s", given->name, kind, item->message);
	}
	if (!parsed)
		return NULL;
	if (documents.count != 1) {
		struct place place = place_in(reader, given, 1, 1);

		reader_error_at(reader, &place, "%s is no %s: it %s", given->name, kind,
				documents.count ? "has several documents; keep one" : "is empty; write something");
		return NULL;
	}
	return documents.roots[0];
}

/* A scalar of the text, if there is text; else the lab's own. */
static struct place node_place(struct reader *reader, const struct given *given, size_t line, size_t column)
{
	return given ? place_in(reader, given, line, column) : (struct place){ reader->path, line, column };
}

static void config_keys_check(struct reader *reader, const struct given *given, const struct yaml_node *mapping)
{
	for (size_t i = 0; i < mapping->count; i++) {
		const struct yaml_pair *pair = &mapping->pairs[i];
		struct place place = node_place(reader, given, pair->line, pair->column);

		cloud_config_key_check(reader, &place, pair->key);
		place = node_place(reader, given, pair->value->line, pair->value->column);
		cloud_config_value_check(reader, &place, pair->key, pair->value);
	}
}

static void config_check(struct reader *reader, const struct given *given)
{
	const struct yaml_node *root = document_parse(reader, given, "cloud-config");
	struct place place;

	if (root == NULL)
		return;
	if (root->kind == YAML_MAPPING) {
		config_keys_check(reader, given, root);
		return;
	}
	place = place_in(reader, given, root->line, root->column);
	reader_error_at(reader, &place, "%s is no cloud-config: it must be a mapping, not %s", given->name,
			yaml_kind_name(root->kind));
}

static void archive_check(struct reader *reader, const struct given *given)
{
	const struct yaml_node *root = document_parse(reader, given, "cloud-config-archive");
	struct place place;

	if (root == NULL || root->kind == YAML_SEQUENCE)
		return;
	place = place_in(reader, given, root->line, root->column);
	reader_error_at(reader, &place, "%s is no cloud-config-archive: it must be a list, not %s", given->name,
			yaml_kind_name(root->kind));
}

static bool is_mime(const char *text)
{
	for (size_t i = 0; text[i] && i < MIME_HEAD; i++)
		if (strncasecmp(text + i, "mime-version:", strlen("mime-version:")) == 0)
			return true;
	return false;
}

/* The first line decides what cloud-init takes the text for. The longer mark comes first. */
static const struct {
	const char *mark;
	void (*check)(struct reader *reader, const struct given *given); /* NULL: not looked into */
} marks[] = {
	{ "#cloud-config-archive", archive_check },
	{ "#cloud-config-jsonp", NULL },
	{ "#cloud-config", config_check },
	{ "#cloud-boothook", NULL },
	{ "#include", NULL },
	{ "#part-handler", NULL },
	{ "## template:", NULL },
	{ "#!", NULL },
};

static void user_data_check(struct reader *reader, const struct given *given)
{
	struct place place = place_in(reader, given, 1, 1);

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (strncasecmp(given->text, marks[i].mark, strlen(marks[i].mark)) != 0)
			continue;
		if (marks[i].check)
			marks[i].check(reader, given);
		return;
	}
	if (!is_mime(given->text))
		reader_error_at(reader, &place,
				"%s does not say what it is, and cloud-init would not run it; begin it with "
				"#cloud-config, or with #!/bin/sh for a script",
				given->name);
}

void cloud_init_check_value(struct reader *reader, const char *name, const struct yaml_node *value)
{
	struct given given = given_value(name, value);

	if (value->kind == YAML_MAPPING)
		config_keys_check(reader, NULL, value);
	else
		user_data_check(reader, &given);
}

void cloud_init_check_file(struct reader *reader, const struct lab_text_file *file)
{
	struct given given = given_file(reader, file);

	user_data_check(reader, &given);
}

/* "3.4.0" */
static bool is_version_3(const char *text)
{
	return text_starts_with(text, "3.") && isdigit((unsigned char)text[2]) &&
	       text[strspn(text, "0123456789.")] == '\0' && !text_ends_with(text, ".");
}

/* Ignition passes over what it does not know; only its log on the console would tell. */
static void ignition_keys_check(struct reader *reader, const struct given *given, const struct yaml_node *root)
{
	static const char *const keys[] = { "ignition", "kernelArguments", "passwd", "storage", "systemd", NULL };

	for (size_t i = 0; i < root->count; i++) {
		const struct yaml_pair *pair = &root->pairs[i];
		struct place place = node_place(reader, given, pair->line, pair->column);
		const char *nearest = text_nearest(pair->key, keys);
		const char *const *known = keys;

		while (*known && !text_equal(*known, pair->key))
			known++;
		if (*known)
			continue;
		if (nearest)
			reader_warn_at(reader, &place, "Ignition does not know %s; did you mean \"%s\"?",
				       reader_quote(reader, pair->key), nearest);
		else
			reader_warn_at(reader, &place, "Ignition does not know %s; it would be without effect",
				       reader_quote(reader, pair->key));
	}
}

/* `given` is NULL for a mapping of the lab itself. */
static void ignition_check(struct reader *reader, const char *name, const struct given *given,
			   const struct yaml_node *root)
{
	const struct yaml_pair *variant = yaml_get_pair(root, "variant");
	const struct yaml_node *header = yaml_get(root, "ignition"),
			       *version = header ? yaml_get(header, "version") : NULL;
	const struct yaml_node *culprit = version ? version : header ? header : root;
	struct place place = node_place(reader, given, culprit->line, culprit->column);

	if (variant) {
		place = node_place(reader, given, variant->line, variant->column);
		reader_error_at(
			reader, &place,
			"%s is a Butane config; translate it with `butane`, and give the Ignition config that it "
			"writes",
			name);
	} else if (root->kind != YAML_MAPPING) {
		reader_error_at(reader, &place, "%s is no Ignition config: it must be a mapping, not %s", name,
				yaml_kind_name(root->kind));
	} else if (version == NULL) {
		reader_error_at(reader, &place, "%s has no ignition.version; add e.g. \"ignition: {version: 3.4.0}\"",
				name);
	} else if (version->kind != YAML_STRING || !is_version_3(version->text)) {
		reader_error_at(reader, &place, "ignition.version of %s must be 3.x, like 3.4.0, not %s", name,
				version->text ? reader_quote(reader, version->text) : yaml_kind_name(version->kind));
	} else {
		ignition_keys_check(reader, given, root);
	}
}

static void ignition_text_check(struct reader *reader, const struct given *given)
{
	cleanup(error) struct error err = ERROR_INIT;
	cleanup(json) json_t *parsed = NULL;
	const struct yaml_node *root = document_parse(reader, given, "Ignition config");
	struct place place = place_in(reader, given, 1, 1);

	if (root == NULL)
		return;
	ignition_check(reader, given->name, given, root);
	/* What only YAML takes, Ignition does not. Without a value, so that no secret is in the message. */
	if (root->kind == YAML_MAPPING && !yaml_get_pair(root, "variant") &&
	    !(parsed = json_new_from_text(given->text, given->length, given->name, &err)))
		reader_error_at(reader, &place,
				"%s must be JSON, as Ignition reads it; write it as JSON, or as a mapping in the lab",
				given->name);
}

void ignition_check_value(struct reader *reader, const char *name, const struct yaml_node *value)
{
	struct given given = given_value(name, value);

	if (value->kind == YAML_MAPPING)
		ignition_check(reader, name, NULL, value);
	else
		ignition_text_check(reader, &given);
}

void ignition_check_file(struct reader *reader, const struct lab_text_file *file)
{
	struct given given = given_file(reader, file);

	ignition_text_check(reader, &given);
}
