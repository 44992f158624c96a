/* Wall clock as seconds since 1970 in UTC; RFC 3339 text. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TIME_TEXT_SIZE = sizeof("2026-01-01T10:00:00Z") };

int64_t time_now(void);
uint64_t time_monotonic_ms(void);

/* "2026-01-01T10:00:00Z" into `text`; returns `text`. */
const char *time_write(int64_t seconds, char text[TIME_TEXT_SIZE]);

/* RFC 3339 with offset or Z; fractions of a second are dropped. */
bool time_parse(const char *text, int64_t *seconds);

/* "41s", "3m20s", "2h5m", "412ms" for less than a second. The caller frees. */
char *duration_text_new(uint64_t milliseconds);

/* "30s", "5m", "1h30m", "500ms" to milliseconds; at most ten years. */
bool duration_parse(const char *text, uint64_t *milliseconds);
