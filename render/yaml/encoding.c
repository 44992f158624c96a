#include "render/yaml/encoding.h"

#include <string.h>

size_t utf8_decode(const char *text, size_t length, uint32_t *character)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char lead = (unsigned char)text[0];
	size_t size = lead < 0x80 ? 1 : lead >= 0xf0 && lead < 0xf8 ? 4 : lead >= 0xe0 ? 3 : 2;

	if (size == 1) {
		*character = lead;
		return 1;
	}
	if (lead < 0xc2 || lead >= 0xf8 || size > length)
		return 0;
	*character = lead & (0x7fU >> size);
	for (size_t i = 1; i < size; i++) {
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return 0;
		*character = *character << 6 | ((unsigned char)text[i] & 0x3f);
	}
	if (*character < smallest[size] || *character > 0x10ffff || (*character >= 0xd800 && *character < 0xe000))
		return 0;
	return size;
}

size_t utf8_encode(uint32_t character, char *out)
{
	static const unsigned char leads[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t size = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;

	for (size_t i = size - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (character & 0x3f));
		character >>= 6;
	}
	out[0] = (char)(leads[size] | character);
	return size;
}

struct yaml_place yaml_place_of(const char *text, size_t offset)
{
	struct yaml_place place = { .line = 1, .column = 1 };

	for (size_t i = 0; i < offset; i++) {
		if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == offset || text[i + 1] != '\n')))
			place = (struct yaml_place){ .line = place.line + 1, .column = 1 };
		else if (((unsigned char)text[i] & 0xc0) != 0x80)
			place.column++;
	}
	return place;
}

bool yaml_encoding_check(struct yaml_builder *builder, const char *text, size_t length)
{
	size_t at = 0;

	while (at < length) {
		uint32_t character = 0;
		size_t size = utf8_decode(text + at, length - at, &character);

		if (size == 0)
			return yaml_builder_stop(builder, yaml_place_of(text, at),
						 "the text is not UTF-8; save the file as UTF-8");
		if (character < 0x20 && character != '\t' && character != '\n' && character != '\r')
			return yaml_builder_stop(
				builder, yaml_place_of(text, at),
				"the text holds the control character U+%04X; drop it, or write it as an escape "
				"in double quotes",
				(unsigned)character);
		at += size;
	}
	return true;
}
