#include "render/lab/srl_chassis.h"

#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "base/text.h"
#include "render/lab/address.h"
#include "render/lab/scalar_place.h"
#include "render/lab/values.h"

enum { FIELDS = 6, NUMBER_MAX = 9999, SLOT_MAX = 32 };

/* KNL's names. All play a chassis with one line card, in slot 1. */
static const struct {
	const char *name;
	int chassis_type, cpm_card_type, card_type, mda_type;
} known[] = {
	{ "ixr-d1", 64, 175, 175, 196 },   { "ixr-d2l", 72, 187, 187, 200 }, { "ixr-d3l", 73, 188, 188, 202 },
	{ "ixr-d5", 71, 190, 190, 201 },   { "ixr-h2", 61, 179, 179, 197 },  { "ixr-h3", 62, 178, 178, 198 },
	{ "ixr-6e", 68, 184, 182, 199 },   { "ixr-10e", 69, 184, 182, 199 }, { "ixr-18e", 70, 184, 24, 11 },
	{ "ixr-x1b", 82, 32, 32, 19 },     { "ixr-x3b", 81, 27, 27, 12 },    { "ixr-h5-32d", 47, 180, 180, 106 },
	{ "sxr-1d-32d", 54, 11, 11, 201 }, { "ixs-a1", 80, 196, 196, 8 },
};

enum { KNOWN_COUNT = sizeof(known) / sizeof(known[0]) };

const struct value_type srl_chassis_type = { .name = "chassis", .shape = VALUE_TEXT };

/* What a field of the raw form is, and the most that it may be. */
static const struct {
	const char *what;
	int most;
} raw_fields[FIELDS] = {
	{ "chassis type", NUMBER_MAX },      { "base MAC", 0 },
	{ "control card type", NUMBER_MAX }, { "slot", SLOT_MAX },
	{ "line card type", NUMBER_MAX },    { "MDA type", NUMBER_MAX },
};

enum { RAW_MAC = 1 };

/* True for what begins like the raw form, and not like a name. */
static bool is_raw(const char *text)
{
	return text[0] >= '0' && text[0] <= '9' && strchr(text, '-');
}

/* A decimal number from 1 to `most`; 0 when it is none. */
static int number_parse(const char *text, size_t length, int most)
{
	long number = 0;

	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9')
			return 0;
		number = number * 10 + (text[i] - '0');
		if (number > most)
			return 0;
	}
	return (int)number;
}

/* Colons between, since a dash ends the field; unicast. */
static bool base_mac_parse(const char *text, size_t length, char mac[MAC_ADDRESS_TEXT_SIZE])
{
	char copy[MAC_ADDRESS_TEXT_SIZE];
	uint8_t bytes[MAC_ADDRESS_SIZE];

	if (length >= sizeof(copy))
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	if (!mac_parse(copy, bytes) || (bytes[0] & 1))
		return false;
	mac_write(bytes, mac);
	return true;
}

/* Returns the field that is wrong, and where it begins; FIELDS when none is. */
static size_t raw_parse(const char *text, struct srl_chassis *chassis, size_t *offset)
{
	int *const numbers[FIELDS] = {
		&chassis->chassis_type, NULL, &chassis->cpm_card_type, &chassis->slot, &chassis->card_type,
		&chassis->mda_type,
	};

	*offset = 0;
	for (size_t i = 0; i < FIELDS; i++) {
		size_t length = strcspn(text + *offset, "-");

		if (i == RAW_MAC) {
			if (!base_mac_parse(text + *offset, length, chassis->base_mac))
				return i;
		} else {
			*numbers[i] = number_parse(text + *offset, length, raw_fields[i].most);
			if (*numbers[i] == 0)
				return i;
		}
		*offset += length + (i + 1 < FIELDS);
	}
	return FIELDS;
}

static size_t raw_count(const char *text)
{
	size_t count = 1;

	for (; *text; text++)
		count += *text == '-';
	return count;
}

static bool name_parse(const char *text, struct srl_chassis *chassis)
{
	for (size_t i = 0; i < KNOWN_COUNT; i++) {
		if (strcasecmp(known[i].name, text) != 0)
			continue;
		*chassis = (struct srl_chassis){
			.chassis_type = known[i].chassis_type,
			.cpm_card_type = known[i].cpm_card_type,
			.slot = 1,
			.card_type = known[i].card_type,
			.mda_type = known[i].mda_type,
		};
		return true;
	}
	return false;
}

bool srl_chassis_parse(const char *text, struct srl_chassis *chassis)
{
	size_t offset;

	*chassis = (struct srl_chassis){ .slot = 0 };
	if (!is_raw(text))
		return name_parse(text, chassis);
	return raw_count(text) == FIELDS && raw_parse(text, chassis, &offset) == FIELDS;
}

static const void *raw_refuse(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text = pair->value->text;
	struct srl_chassis chassis;
	size_t count = raw_count(text), offset, wrong;
	struct place place;

	if (count != FIELDS)
		return reader_refuse(reader, pair->value,
				     "chassis %s has %zu fields; write a name like " SRL_CHASSIS_DEFAULT
				     ", or six fields, \"type-baseMAC-cpm-slot-card-mda\"",
				     reader_quote(reader, text), count);
	wrong = raw_parse(text, &chassis, &offset);
	place = scalar_place(reader, pair->value, offset);
	if (wrong == RAW_MAC)
		reader_error_at(reader, &place,
				"chassis: the base MAC is no unicast address; write it like fa:fa:01:00:00:00");
	else
		reader_error_at(reader, &place, "chassis: the %s must be a number from 1 to %d",
				raw_fields[wrong].what, raw_fields[wrong].most);
	return NULL;
}

/* Of chassis, the one that goes on as the text does is meant: ixr-d3 for ixr-d3l,
 * though ixr-d1 and others are as near. */
static const char *name_meant(const char *text, const char *const *names)
{
	for (const char *const *name = names; *text && *name; name++)
		if (strncasecmp(*name, text, strlen(text)) == 0)
			return *name;
	return text_nearest(text, names);
}

static const void *name_refuse(struct reader *reader, const struct yaml_pair *pair)
{
	const char *names[KNOWN_COUNT + 1] = { NULL };
	cleanup(buffer) struct buffer list = BUFFER_INIT;
	const char *text = pair->value->text, *nearest;

	for (size_t i = 0; i < KNOWN_COUNT; i++) {
		names[i] = known[i].name;
		buffer_format(&list, "%s%s", i == 0 ? "" : i + 1 < KNOWN_COUNT ? ", " : " or ", known[i].name);
	}
	nearest = name_meant(text, names);
	if (nearest)
		return reader_refuse(reader, pair->value, "chassis %s is not known; did you mean \"%s\"?",
				     reader_quote(reader, text), nearest);
	return reader_refuse(reader, pair->value,
			     "chassis %s is not known; use %s, or six fields, \"type-baseMAC-cpm-slot-card-mda\"",
			     reader_quote(reader, text), buffer_text(&list));
}

const void *srl_chassis_read(struct reader *reader, const struct yaml_pair *pair)
{
	struct srl_chassis chassis;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (srl_chassis_parse(pair->value->text, &chassis))
		return pair->value->text;
	return is_raw(pair->value->text) ? raw_refuse(reader, pair) : name_refuse(reader, pair);
}
