/* When the next look at a source is due: by its interval, by the next look for
 * drift, after a failure, and by the moment at which time alone makes the same
 * commit want something else. Pure: the time is handed in. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct round_clock {
	uint64_t interval_ms, resync_ms;
	uint64_t resync_at; /* monotonic milliseconds */
	int64_t change_at; /* seconds of the wall clock; 0: never */
	unsigned failures; /* rounds in a row that came to nothing */
};

/* What was rendered at `now` wants something else at `next_change`; 0: never. */
void round_clock_take_change(struct round_clock *clock, int64_t now, int64_t next_change);
bool round_clock_change_is_due(const struct round_clock *clock, int64_t now);
void round_clock_start_pass(struct round_clock *clock, uint64_t monotonic);
bool round_clock_resync_is_due(const struct round_clock *clock, uint64_t monotonic);

/* How long to sleep beside a pass that waits: until the next poll or change. The wall clock can be set meanwhile, so
 * that a long sleep is no promise: each poll looks anew. */
uint64_t round_clock_watch_ms(const struct round_clock *clock, int64_t now);
/* The same between rounds: the next look for drift also ends it; after a failure sooner than a poll, and later each
 * time. */
uint64_t round_clock_rest_ms(const struct round_clock *clock, uint64_t monotonic, int64_t now);
