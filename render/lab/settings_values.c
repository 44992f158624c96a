#include "render/lab/settings_values.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "render/lab/container_image.h"
#include "render/lab/lab.h"
#include "render/lab/values.h"

enum {
	USER_NAME_MAX = 32,
	PASSWORD_MAX = 511, /* what crypt(3) takes */
	IMAGE_MAX = 2048
};

/* Letters in either case; a web address without a user. */
#define VM_IMAGE_DOCKER "[Dd][Oo][Cc][Kk][Ee][Rr]://[^/ ][^ ]*"
#define VM_IMAGE_WEB "[Hh][Tt][Tt][Pp][Ss]?://[^/@ ][^/@?# ]*([/?#][^ ]*)?"

const struct value_type vm_image_type = {
	.name = "docker:// or http(s):// address",
	.shape = VALUE_TEXT,
	.pattern = "^(" VM_IMAGE_DOCKER "|" VM_IMAGE_WEB ")$",
};
const struct value_type user_type = {
	.name = "user name", .shape = VALUE_TEXT, .pattern = "^[a-z_][-_a-z0-9]{0,31}$", /* USER_NAME_MAX in all */
};
const struct value_type password_type = { .name = "text", .shape = VALUE_SCALAR, .pattern = "^[^\r\n]+$" };

static const char *const image_schemes[] = { "docker://", "http://", "https://", NULL };

static const char *image_scheme(const char *image)
{
	for (const char *const *scheme = image_schemes; *scheme; scheme++)
		if (strncasecmp(image, *scheme, strlen(*scheme)) == 0)
			return *scheme;
	return NULL;
}

/* Text that may be an image's name; NULL after it told why not. */
static const char *image_text(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!value_is_one_word(pair->value->text))
		return reader_refuse(reader, pair->value, "image has a blank or control character; remove it");
	if (strlen(pair->value->text) > IMAGE_MAX)
		return reader_refuse(reader, pair->value, "image is longer than %d characters", IMAGE_MAX);
	return pair->value->text;
}

/* "user:password@" before a web server's name. */
static bool has_credentials(const char *authority)
{
	return memchr(authority, '@', strcspn(authority, "/?#")) != NULL;
}

const void *vm_image_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *image = image_text(reader, pair), *scheme, *rest;

	if (image == NULL)
		return NULL;
	scheme = image_scheme(image);
	/* The image is not repeated: an address of another scheme may carry a password. */
	if (scheme == NULL)
		return reader_refuse(reader, pair->value,
				     "image of a vm must begin with docker://, http:// or https://");
	rest = image + strlen(scheme);
	if (*rest == '\0' || *rest == '/')
		return reader_refuse(reader, pair->value, "image names nothing after %s", scheme);
	if (!text_equal(scheme, "docker://") && has_credentials(rest))
		return reader_refuse(reader, pair->value,
				     "image must not carry a user or password; put them into a Secret, and name that "
				     "under imageSecret");
	if (text_equal(scheme, "docker://") && container_image_wrong(rest))
		return reader_refuse(reader, pair->value, "image is no reference to a container image: %s",
				     container_image_wrong(rest));
	return arena_format(reader->arena, "%s%s", scheme, rest);
}

static bool is_user_name(const char *text)
{
	size_t length = strlen(text);

	if (length == 0 || length > USER_NAME_MAX || !(islower((unsigned char)text[0]) || text[0] == '_'))
		return false;
	return text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0';
}

const void *user_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!is_user_name(pair->value->text))
		return reader_refuse(reader, pair->value,
				     "user %s is no Linux user name; use at most %d of a-z, 0-9, \"_\" and \"-\", "
				     "beginning with a letter or \"_\"",
				     reader_quote(reader, pair->value->text), USER_NAME_MAX);
	return pair->value->text;
}

const void *password_read(struct reader *reader, const struct yaml_pair *pair)
{
	/* A number without quotes is taken as it was typed. */
	const char *text = value_scalar_text(pair->value);

	if (text == NULL)
		return reader_refuse(reader, pair->value, "%s must be a string, not %s; write it in quotes",
				     pair->key, yaml_kind_name(pair->value->kind));
	if (*text == '\0')
		return reader_refuse(reader, pair->value, "%s is empty; write one, or remove it for the default",
				     pair->key);
	if (strpbrk(text, "\r\n"))
		return reader_refuse(reader, pair->value, "%s must be a single line", pair->key);
	if (strlen(text) > PASSWORD_MAX)
		return reader_refuse(reader, pair->value, "%s is longer than %d bytes", pair->key, PASSWORD_MAX);
	return text;
}
