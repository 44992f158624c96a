#include "base/timezone.h"

#include "base/memory.h"

#include <glib.h>
#include <string.h>

enum { DAY = 24 * 60 * 60, NAME_LENGTH_MAX = 64 };

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
static const char name_characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";

struct named_time_zone {
	char *name;
	struct time_zone *zone;
};

/* struct time_zone is a GTimeZone. */
static GTimeZone *own(const struct time_zone *zone)
{
	return (GTimeZone *)zone;
}

bool time_zone_name_is_usable(const char *name)
{
	size_t length = strlen(name), parts = strspn(name, letters);

	if (parts == 0 || length > NAME_LENGTH_MAX || strspn(name, name_characters) != length || strstr(name, "//") ||
	    name[length - 1] == '/')
		return false;
	/* Without a slash, GLib would take letters and digits for a rule of POSIX' TZ. */
	return strchr(name, '/') != NULL || parts == length;
}

struct time_zone *time_zone_new(const char *name)
{
	if (!time_zone_name_is_usable(name))
		return NULL;
	return (struct time_zone *)g_time_zone_new_identifier(name);
}

void time_zone_free(struct time_zone *zone)
{
	if (zone)
		g_time_zone_unref(own(zone));
}

int64_t time_zone_offset(const struct time_zone *zone, int64_t moment)
{
	gint interval = g_time_zone_find_interval(own(zone), G_TIME_TYPE_UNIVERSAL, moment);

	return g_time_zone_get_offset(own(zone), interval);
}

/* The first moment after `before` at which the offset is no longer what it was there. */
static int64_t change_find(const struct time_zone *zone, int64_t before, int64_t after)
{
	int64_t offset = time_zone_offset(zone, before);

	while (after - before > 1) {
		int64_t middle = before + (after - before) / 2;

		if (time_zone_offset(zone, middle) == offset)
			before = middle;
		else
			after = middle;
	}
	return after;
}

int64_t time_zone_moment(const struct time_zone *zone, int64_t local)
{
	/* No clock is further than a day from UTC, nor changed twice within two days. */
	int64_t earlier = local - time_zone_offset(zone, local - DAY);
	int64_t later = local - time_zone_offset(zone, local + DAY);

	if (earlier == later)
		return earlier;
	/* Both where clocks go back: the larger offset, before the change, comes first. */
	if (earlier + time_zone_offset(zone, earlier) == local)
		return earlier;
	if (later + time_zone_offset(zone, later) == local)
		return later;
	return change_find(zone, local - DAY, local + DAY);
}

void time_zones_deinit(struct time_zones *zones)
{
	for (size_t i = 0; i < zones->count; i++) {
		free(zones->items[i].name);
		time_zone_free(zones->items[i].zone);
	}
	free(zones->items);
	*zones = (struct time_zones)TIME_ZONES_INIT;
}

const struct time_zone *time_zones_find(struct time_zones *zones, const char *name)
{
	struct time_zone *zone;

	for (size_t i = 0; i < zones->count; i++)
		if (strcmp(zones->items[i].name, name) == 0)
			return zones->items[i].zone;
	zone = time_zone_new(name);
	if (zone == NULL)
		return NULL;
	memory_grow(&zones->items, zones->count, &zones->capacity, sizeof(*zones->items));
	zones->items[zones->count++] = (struct named_time_zone){ .name = string_copy(name), .zone = zone };
	return zone;
}
