/* `schedule`: when a lab's machines run, as cron's times of on and off in a time zone. */
#pragma once

#include "render/lab/cron.h"
#include "render/lab/lab.h"
#include "render/lab/reader.h"

struct lab_schedule {
	const char *time_zone; /* NULL: UTC */
	struct place time_zone_place;
	struct cron on, off;
};

extern const struct value_type schedule_type;

/* A field's reader; const struct lab_schedule *. */
const void *schedule_read(struct reader *reader, const struct yaml_pair *pair);

/* The zone that a lab's times are in; NULL after it told that there is none of
 * the name. `schedule` may be NULL. */
const struct time_zone *schedule_zone(struct reader *reader, const struct lab_schedule *schedule,
				      struct time_zones *zones);

/* Sets the lab's powered_off, and next_change when that comes before what stands there. */
void schedule_apply(const struct lab_schedule *schedule, const struct time_zone *zone, time_t now, struct lab *lab);

/* Sets lab->next_change to `moment` when that comes before what stands there. */
void schedule_note_change(struct lab *lab, int64_t moment);
