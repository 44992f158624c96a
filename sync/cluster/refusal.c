#include "sync/cluster/refusal.h"

#include <string.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"

enum { CAUSES_MAX = 10, FOREIGN_TEXT_MAX = 200 };

enum error_code refusal_code(long status)
{
	switch (status) {
	case 400:
	case 422:
		return ERROR_INVALID;
	case 401:
	case 403:
		return ERROR_REFUSED;
	case 404:
	case 410:
		return ERROR_NOT_FOUND;
	case 409:
		return ERROR_CONFLICT;
	case 413:
		return ERROR_LIMIT;
	case 408:
	case 429:
		return ERROR_UNAVAILABLE;
	default:
		return status >= 500 ? ERROR_UNAVAILABLE : ERROR_INVALID;
	}
}

/* .../secrets or .../secrets/NAME, in the core group. */
static bool is_secret_path(const char *path)
{
	const char *resource = strstr(path, "/secrets");

	return text_starts_with(path, "/api/") && resource && strchr("/?", resource[strlen("/secrets")]);
}

static bool is_public_field(const char *field)
{
	return text_starts_with(field, "metadata.") && !text_starts_with(field, "metadata.annotations");
}

/* The end of a value that Go wrote with %q, or of a bare word; NULL for
 * anything else, of which nobody can tell where it ends. */
static const char *value_end(const char *value)
{
	if (*value != '"')
		return strpbrk(value, "{[(&") == NULL ? strstr(value, ": ") : NULL;
	for (value++; *value && *value != '"'; value++)
		if (*value == '\\' && value[1])
			value++;
	return *value == '"' ? value + 1 : NULL;
}

/* "Invalid value: VALUE: what is wrong with it" without the VALUE
 * (k8s.io/apimachinery's field.Error has this form for the kinds below). */
static void cause_message_write(struct buffer *out, const char *message)
{
	static const char *const kinds[] = { "Invalid value", "Unsupported value", "Duplicate value", "Too long" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		size_t length = strlen(kinds[i]);
		const char *rest;

		if (!text_starts_with(message, kinds[i]) || !text_starts_with(message + length, ": "))
			continue;
		rest = value_end(message + length + 2);
		buffer_append_text(out, kinds[i]);
		if (rest && *rest)
			buffer_append_text(out, rest);
		return;
	}
	buffer_append_text(out, message);
}

static void cause_write(struct buffer *out, const json_t *cause, bool secret)
{
	const char *field = json_text_at(cause, "field", NULL);
	const char *message = json_text_at(cause, "message", NULL);
	const char *reason = json_text_at(cause, "reason", NULL);

	if (out->length)
		buffer_append_text(out, "; ");
	if (field)
		buffer_append_text(out, field);
	if (secret || message == NULL)
		message = reason ? reason : "refused";
	if (field)
		buffer_append_text(out, ": ");
	if (field && is_public_field(field))
		buffer_append_text(out, message);
	else
		cause_message_write(out, message);
}

static void causes_write(struct buffer *out, const json_t *causes, bool secret)
{
	size_t count = json_array_size(causes);

	for (size_t i = 0; i < count && i < CAUSES_MAX; i++)
		cause_write(out, json_array_get(causes, i), secret);
	if (count > CAUSES_MAX)
		buffer_format(out, "; and %zu more", count - CAUSES_MAX);
}

/* The parts of a Status message that never quote what was sent: which webhook
 * refused, or the kind and name. */
static void message_head_write(struct buffer *out, const json_t *status)
{
	static const char webhook_end[] = " denied the request";
	const char *message = json_text_at(status, "message", NULL);
	const char *kind = json_text_at(status, "details", "kind", NULL);
	const char *name = json_text_at(status, "details", "name", NULL);
	const char *end = message ? strstr(message, webhook_end) : NULL;

	if (end && text_starts_with(message, "admission webhook "))
		buffer_append(out, message, (size_t)(end - message) + strlen(webhook_end));
	else if (kind && name)
		buffer_format(out, "%s \"%s\" is refused", kind, name);
	else
		buffer_append_text(out, "refused");
}

/* Decoders quote the bytes around the place where they stumbled. */
static void message_write(struct buffer *out, const char *message)
{
	const char *quote = strstr(message, ", error found in #");

	buffer_append(out, message, quote ? (size_t)(quote - message) : strlen(message));
}

static void status_write(struct buffer *out, const struct refusal *refusal)
{
	const char *message = json_text_at(refusal->body, "message", NULL);
	const json_t *causes = json_at(refusal->body, "details", "causes", NULL);
	bool rejected = refusal->status == 400 || refusal->status == 422;
	bool secret = is_secret_path(refusal->path) && rejected;
	cleanup(buffer) struct buffer told = BUFFER_INIT;

	if (rejected)
		causes_write(&told, causes, secret);
	if (told.length || secret || message == NULL) {
		message_head_write(out, refusal->body);
		if (told.length)
			buffer_format(out, ": %s", told.data);
		return;
	}
	message_write(out, message);
}

/* What a proxy or load balancer says is a page; its beginning is enough. */
static void foreign_write(struct buffer *out, const struct refusal *refusal)
{
	size_t length = refusal->text && !is_secret_path(refusal->path) ? strlen(refusal->text) : 0;

	if (length > FOREIGN_TEXT_MAX)
		length = FOREIGN_TEXT_MAX;
	while (length && strchr(" \r\n\t", refusal->text[length - 1]))
		length--;
	if (length)
		buffer_append(out, refusal->text, length);
	else
		buffer_append_text(out, "no reason given");
}

/* Cuts between characters, not inside one (UTF-8). */
static void bound(struct buffer *message)
{
	size_t length = REFUSAL_MESSAGE_MAX - sizeof("...");

	if (message->length < REFUSAL_MESSAGE_MAX)
		return;
	while (length && ((unsigned char)message->data[length] & 0xc0) == 0x80)
		length--;
	message->length = length;
	buffer_append_text(message, "...");
}

bool refusal_error(const struct refusal *refusal, struct error *err)
{
	const char *reason = json_text_at(refusal->body, "reason", NULL);
	cleanup(buffer) struct buffer message = BUFFER_INIT;
	cleanup(free) char *printable = NULL;

	buffer_format(&message, "%s %.*s: HTTP %ld%s%s: ", refusal->method, (int)strcspn(refusal->path, "?"),
		      refusal->path, refusal->status, reason ? " " : "", reason ? reason : "");
	if (text_equal(json_text_at(refusal->body, "kind", NULL), "Status"))
		status_write(&message, refusal);
	else
		foreign_write(&message, refusal);
	bound(&message);
	printable = text_printable(message.data, TEXT_ONE_LINE);
	return error_set(err, refusal_code(refusal->status), "%s", printable);
}
