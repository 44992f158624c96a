/* Which failures are worth another try, and how long to wait before it.
 * Rules only: no clock, no loop, no state. */
#pragma once

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	RETRY_DELAY_FIRST_MS = 100,
	RETRY_DELAY_MAX_MS = 10 * 1000,
	RETRY_AFTER_MAX_MS = 60 * 1000 /* of what a server may ask for */
};

/* The server says "later", or something between us and it broke. */
bool retry_status_passes(long status);

/* No answer came, and the reason may go away by itself: not for a certificate
 * that is not trusted, or an answer that is too large. */
bool retry_network_passes(CURLcode code);

/* Among those that pass: none of the request can have reached the server, or it says that it has not looked at it. */
bool retry_network_is_unsent(CURLcode code);
bool retry_status_is_undone(long status);

/* After `failures` tries (from 1): doubling, of which the upper half is chance,
 * so that callers that failed together do not come back together. `chance` is
 * any random number. */
uint64_t retry_delay_ms(unsigned failures, uint32_t chance);

/* A Retry-After of that many seconds, bounded; 0 when there was none. */
uint64_t retry_after_ms(int64_t seconds);
