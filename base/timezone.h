/* Named time zones: between clocks on the wall and moments in time.
 *
 * libc knows the zone of the process only, which a program with threads cannot
 * change. This is GLib's reading of the machine's tzdata, and nothing else of
 * labsync includes GLib. A zone may be used by several threads. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct time_zone;

/* "Europe/Berlin", "UTC", as tzdata calls them; NULL when there is none of the name. */
struct time_zone *time_zone_new(const char *name);
void time_zone_free(struct time_zone *zone);
static inline void time_zone_cleanup(struct time_zone **zone)
{
	time_zone_free(*zone);
}

/* False for what no zone of tzdata is called: a path, or a rule like "CET-1CEST". */
bool time_zone_name_is_usable(const char *name);

/* Seconds that the zone's clocks are ahead of UTC at a moment. */
int64_t time_zone_offset(const struct time_zone *zone, int64_t moment);

/* The moment at which the zone's clocks show `local`, which counts seconds as if
 * they were UTC's. The first one when clocks go back over it; when they leave it
 * out, the moment at which they jump. */
int64_t time_zone_moment(const struct time_zone *zone, int64_t local);

/* The zones that were asked for so far, so that each is read once. */
struct time_zones {
	struct named_time_zone *items;
	size_t count, capacity;
};

#define TIME_ZONES_INIT                                                                                              \
	{                                                                                                            \
		.items = NULL                                                                                        \
	}

void time_zones_deinit(struct time_zones *zones);
static inline void time_zones_cleanup(struct time_zones *zones)
{
	time_zones_deinit(zones);
}

/* As time_zone_new(), but it stays the list's. */
const struct time_zone *time_zones_find(struct time_zones *zones, const char *name);
