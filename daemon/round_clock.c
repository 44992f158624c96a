#include "daemon/round_clock.h"

enum { RETRY_MS = 1000, RETRY_DOUBLINGS = 8, CHANGE_HORIZON_S = 366 * 24 * 3600 };

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* A lab whose time comes at once again and again would keep us from everything else. */
void round_clock_take_change(struct round_clock *clock, int64_t now, int64_t next_change)
{
	clock->change_at = next_change > 0 && next_change <= now ? now + 1 : next_change;
}

bool round_clock_change_is_due(const struct round_clock *clock, int64_t now)
{
	return clock->change_at > 0 && now >= clock->change_at;
}

void round_clock_start_pass(struct round_clock *clock, uint64_t monotonic)
{
	clock->resync_at = monotonic + clock->resync_ms;
}

bool round_clock_resync_is_due(const struct round_clock *clock, uint64_t monotonic)
{
	return monotonic >= clock->resync_at;
}

uint64_t round_clock_watch_ms(const struct round_clock *clock, int64_t now)
{
	if (clock->change_at == 0 || clock->change_at - now > CHANGE_HORIZON_S)
		return clock->interval_ms;
	if (clock->change_at <= now)
		return 0;
	return least(clock->interval_ms, (uint64_t)(clock->change_at - now) * 1000);
}

uint64_t round_clock_rest_ms(const struct round_clock *clock, uint64_t monotonic, int64_t now)
{
	uint64_t pause = round_clock_watch_ms(clock, now);

	/* What is due stays due, but not more often than this. */
	if (clock->failures > 0)
		return least(clock->interval_ms, (uint64_t)RETRY_MS << least(clock->failures - 1, RETRY_DOUBLINGS));
	return clock->resync_at > monotonic ? least(pause, clock->resync_at - monotonic) : pause;
}
