#include "render/objects/user_data_parts.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/objects/own_init.h"
#include "render/yaml/yaml.h"

/* How far cloud-init looks for the header that makes text a MIME message. */
enum { MIME_HEAD = 4096, BASE64_LINE = 76 };

enum format {
	FORMAT_CONFIG,
	FORMAT_ARCHIVE, /* a list of parts */
	FORMAT_INCLUDE, /* URLs, which cloud-init follows only outside of archives */
	FORMAT_MIME,
	FORMAT_PART /* anything else, which an archive may hold */
};

static const struct {
	const char *mark;
	enum format format;
} marks[] = {
	{ "#cloud-config-archive", FORMAT_ARCHIVE },
	{ "#cloud-config-jsonp", FORMAT_PART },
	{ "#cloud-config", FORMAT_CONFIG },
	{ "#cloud-boothook", FORMAT_PART },
	{ "#include", FORMAT_INCLUDE },
	{ "#part-handler", FORMAT_PART },
	{ "#upstart-job", FORMAT_PART },
	{ "## template:", FORMAT_PART },
	{ "#!", FORMAT_PART },
};

static bool has_mime_header(const char *text)
{
	static const char header[] = "mime-version:";

	for (size_t i = 0; text[i] && i < MIME_HEAD; i++) {
		if (strncasecmp(text + i, header, strlen(header)) == 0)
			return true;
	}
	return false;
}

static enum format format_of(const char *text)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (strncasecmp(text, marks[i].mark, strlen(marks[i].mark)) == 0)
			return marks[i].format;
	}
	return has_mime_header(text) ? FORMAT_MIME : FORMAT_CONFIG;
}

bool user_data_is_cloud_config(const char *text)
{
	return format_of(text) == FORMAT_CONFIG;
}

static json_t *config_part_build(const char *config)
{
	return json_pack("{s:s, s:s}", "type", "text/cloud-config", "content", config);
}

static void archive_write(const json_t *parts, struct buffer *out)
{
	buffer_append_text(out, "#cloud-config-archive\n");
	yaml_write(parts, out);
}

/* cloud-init does not open an archive inside of an archive, so its parts are taken over. */
static bool archive_join(const struct lab *lab, const struct lab_own_init *own, const struct own_text *text,
			 const char *config, struct buffer *out, struct error *err)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(json) json_t *parts = json_pack("[o]", config_part_build(config)), *theirs = NULL;
	struct yaml_documents documents = { 0 };

	if (!yaml_parse(&arena, "", text->text, text->length, &documents, &diagnostics))
		return own_init_refuse(lab, own, err, "cloudInit: the archive cannot be read: %s",
				       diagnostics.count > 0 ? diagnostics.items[0].message : "it is no YAML");
	if (documents.count != 1 || documents.roots[0]->kind != YAML_SEQUENCE)
		return own_init_refuse(lab, own, err, "cloudInit: a #cloud-config-archive must be a list of parts");
	theirs = yaml_to_json_new(documents.roots[0]);
	json_array_extend(parts, theirs);
	archive_write(parts, out);
	return true;
}

static void base64_write(const void *data, size_t length, struct buffer *out)
{
	cleanup(free) char *encoded = base64_new(data, length);

	for (size_t done = 0, total = strlen(encoded); done < total; done += BASE64_LINE)
		buffer_format(out, "%.*s\n", BASE64_LINE, encoded + done);
}

/* base64, so that no line of a part can be taken for the boundary. */
static void mime_part_write(const char *boundary, const char *type, const char *data, size_t length,
			    struct buffer *out)
{
	buffer_format(out,
		      "--%s\nContent-Type: %s; charset=\"utf-8\"\nMIME-Version: 1.0\n"
		      "Content-Transfer-Encoding: base64\n\n",
		      boundary, type);
	base64_write(data, length, out);
}

/* A MIME message of two parts. One that is a message already stands in it whole,
 * headers and all: cloud-init walks through messages in messages. */
static void mime_join(const struct own_text *text, enum format format, const char *config, struct buffer *out)
{
	char digest[SHA256_TEXT_SIZE];
	cleanup(free) char *boundary = string_format("labsync-%s", sha256_text(text->text, text->length, digest));

	buffer_format(out, "Content-Type: multipart/mixed; boundary=\"%s\"\nMIME-Version: 1.0\n\n", boundary);
	mime_part_write(boundary, "text/cloud-config", config, strlen(config), out);
	if (format == FORMAT_MIME) {
		buffer_format(out, "--%s\n", boundary);
		buffer_append(out, text->text, text->length);
		buffer_append_char(out, '\n');
	} else {
		mime_part_write(boundary,
				strncasecmp(text->text, "#include-once", strlen("#include-once")) == 0
					? "text/x-include-once-url"
					: "text/x-include-url",
				text->text, text->length, out);
	}
	buffer_format(out, "--%s--\n", boundary);
}

/* Without a type, cloud-init finds it by the mark. */
static void part_join(const struct own_text *text, const char *config, struct buffer *out)
{
	cleanup(json) json_t *parts =
		json_pack("[o, {s:o}]", config_part_build(config), "content", json_stringn(text->text, text->length));

	archive_write(parts, out);
}

bool user_data_join(const struct lab *lab, const struct lab_own_init *own, const char *config, struct buffer *out,
		    struct error *err)
{
	struct own_text text = own_init_text(own);
	enum format format = format_of(text.text);

	if (format == FORMAT_ARCHIVE)
		return archive_join(lab, own, &text, config, out, err);
	if (format == FORMAT_MIME || format == FORMAT_INCLUDE)
		mime_join(&text, format, config, out);
	else
		part_join(&text, config, out);
	return true;
}
