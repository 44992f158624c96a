/* Questions about text that more than one folder asks. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

bool text_equal(const char *a, const char *b); /* NULL equals only NULL */
bool text_starts_with(const char *text, const char *prefix);
bool text_ends_with(const char *text, const char *suffix);

/* A DNS-1123 label: [a-z0-9]([-a-z0-9]*[a-z0-9])?, at most 63 characters (RFC 1123). */
bool text_is_dns_label(const char *text);

/* The candidate nearest to `text` by edit distance, for "did you mean";
 * NULL when none is near. `candidates` ends with NULL. */
const char *text_nearest(const char *text, const char *const *candidates);

/* Copies `text` with control characters (but for newline when `keep_lines`)
 * replaced by '?', so that foreign text cannot steer a terminal. The caller frees. */
enum text_lines { TEXT_ONE_LINE, TEXT_KEEP_LINES };
char *text_printable(const char *text, enum text_lines lines);
