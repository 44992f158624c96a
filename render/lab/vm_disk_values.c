#include "render/lab/vm_disk_values.h"

#include <string.h>

#include "base/text.h"
#include "render/lab/values.h"
#include "render/lab/vm_disks.h"

enum { SERIAL_MAX = 256 };

#define SERIAL_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+-"
#define HEXADECIMAL "0123456789abcdefABCDEF"

static const char *const buses[] = { "virtio", "sata", "scsi", "usb", NULL };
static const char *const access_modes[] = { "ReadWriteOnce", "ReadWriteMany", "ReadWriteOncePod", NULL };
static const char *const volume_modes[] = { "Filesystem", "Block", NULL };
static const char *const policies[] = { "Retain", "Delete", NULL };

const struct value_type bus_type = { .name = "text", .shape = VALUE_TEXT, .allowed = buses };
const struct value_type access_mode_type = { .name = "text", .shape = VALUE_TEXT, .allowed = access_modes };
const struct value_type volume_mode_type = { .name = "text", .shape = VALUE_TEXT, .allowed = volume_modes };
const struct value_type disk_policy_type = { .name = "text", .shape = VALUE_TEXT, .allowed = policies };
const struct value_type serial_type = {
	.name = "serial number", .shape = VALUE_SCALAR, .pattern = "^[A-Za-z0-9_.+-]{1,256}$", /* SERIAL_MAX */
};
const struct value_type boot_order_type = {
	.name = "whole number",
	.shape = VALUE_NUMBER,
	.minimum = 1,
	.maximum = BOOT_ORDER_MAX,
};
const struct value_type checksum_type = {
	.name = "checksum",
	.shape = VALUE_TEXT,
	.pattern = "^(md5:[0-9a-fA-F]{32}|sha1:[0-9a-fA-F]{40}|sha256:[0-9a-fA-F]{64}|sha512:[0-9a-fA-F]{128})$",
};

const void *bus_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (text_equal(pair->value->text, "ide"))
		return reader_refuse(
			reader, pair->value,
			"%s ide is not supported by KubeVirt; use sata, which guests of that age know, or "
			"virtio",
			pair->key);
	return value_read(reader, pair, &bus_type);
}

const void *serial_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text = value_read(reader, pair, &serial_type);

	if (text == NULL)
		return NULL;
	if (*text == '\0' || strlen(text) > SERIAL_MAX || text[strspn(text, SERIAL_CHARACTERS)] != '\0')
		return reader_refuse(reader, pair->value,
				     "%s %s must be 1 to %d letters, digits, \"_\", \".\", \"+\" and \"-\"",
				     pair->key, reader_quote(reader, text), SERIAL_MAX);
	return text;
}

const void *checksum_read(struct reader *reader, const struct yaml_pair *pair)
{
	static const struct {
		const char *name;
		size_t digits;
	} algorithms[] = { { "md5", 32 }, { "sha1", 40 }, { "sha256", 64 }, { "sha512", 128 } };
	const char *text, *digits;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	text = pair->value->text;
	digits = text + strcspn(text, ":");
	for (size_t i = 0; *digits && i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
		if (strlen(algorithms[i].name) != (size_t)(digits - text) ||
		    !text_starts_with(text, algorithms[i].name))
			continue;
		if (strlen(digits + 1) != algorithms[i].digits || digits[1 + strspn(digits + 1, HEXADECIMAL)] != '\0')
			return reader_refuse(
				reader, pair->value,
				"%s must have %zu hexadecimal digits after \"%s:\", but has %zu characters",
				pair->key, algorithms[i].digits, algorithms[i].name, strlen(digits + 1));
		return text;
	}
	return reader_refuse(reader, pair->value,
			     "%s %s is no checksum; write md5:, sha1:, sha256: or sha512: and the digits", pair->key,
			     reader_quote(reader, text));
}

bool image_is_file(const char *image)
{
	return text_starts_with(image, "http://") || text_starts_with(image, "https://");
}

bool image_has_certificate(const char *image)
{
	return text_starts_with(image, "https://") || text_starts_with(image, "docker://");
}
