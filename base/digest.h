/* Digests, by OpenSSL's libcrypto: identities that must be the same on every
 * machine and run. Not for passwords. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { SHA256_SIZE = 32, SHA256_TEXT_SIZE = 65, UUID_TEXT_SIZE = 37 };

void sha256(const void *data, size_t length, uint8_t digest[SHA256_SIZE]);
const char *sha256_text(const void *data, size_t length, char text[SHA256_TEXT_SIZE]); /* lower-case hex */

/* A name-based UUID, version 5 (RFC 4122 section 4.3), of `name` in our own
 * namespace. Returns `text`. */
const char *uuid_from_name(const char *name, char text[UUID_TEXT_SIZE]);

/* base64 without line breaks (RFC 4648 section 4). The caller frees. */
char *base64_new(const void *data, size_t length);
/* NULL when `text` is not base64. The caller frees; NUL-terminated. */
uint8_t *base64_decode_new(const char *text, size_t *length);
