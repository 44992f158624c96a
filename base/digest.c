#include "base/digest.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

/* Stands in for the name space UUID of RFC 4122: it keeps our names apart. */
static const char uuid_namespace[] = "labsync.dev/uuid/v1:";

void sha256(const void *data, size_t length, uint8_t digest[SHA256_SIZE])
{
	if (EVP_Digest(data, length, digest, NULL, EVP_sha256(), NULL) != 1)
		abort();
}

const char *sha256_text(const void *data, size_t length, char text[SHA256_TEXT_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t digest[SHA256_SIZE];

	sha256(data, length, digest);
	for (size_t i = 0; i < SHA256_SIZE; i++) {
		text[2 * i] = digits[digest[i] >> 4];
		text[2 * i + 1] = digits[digest[i] & 0xf];
	}
	text[SHA256_TEXT_SIZE - 1] = '\0';
	return text;
}

const char *uuid_from_name(const char *name, char text[UUID_TEXT_SIZE])
{
	cleanup(free) char *full = string_format("%s%s", uuid_namespace, name);
	uint8_t d[EVP_MAX_MD_SIZE];

	if (EVP_Digest(full, strlen(full), d, NULL, EVP_sha1(), NULL) != 1)
		abort();
	d[6] = (uint8_t)((d[6] & 0x0f) | 0x50);
	d[8] = (uint8_t)((d[8] & 0x3f) | 0x80);
	snprintf(text, UUID_TEXT_SIZE, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", d[0],
		 d[1], d[2], d[3], d[4], d[5], d[6], d[7], d[8], d[9], d[10], d[11], d[12], d[13], d[14], d[15]);
	return text;
}

char *base64_new(const void *data, size_t length)
{
	char *text = memory_new_array((length + 2) / 3 * 4 + 1, 1);

	EVP_EncodeBlock((unsigned char *)text, data, (int)length);
	return text;
}

uint8_t *base64_decode_new(const char *text, size_t *length)
{
	size_t size = strlen(text), padding = 0;
	cleanup(free) uint8_t *data = memory_new_array(size / 4 * 3 + 1, 1);

	if (size % 4 != 0 || size > (size_t)64 * 1024 * 1024)
		return NULL;
	if (size && EVP_DecodeBlock(data, (const unsigned char *)text, (int)size) < 0)
		return NULL;
	while (padding < 2 && size > padding && text[size - 1 - padding] == '=')
		padding++;
	*length = size / 4 * 3 - padding;
	data[*length] = '\0';
	return steal(&data);
}
