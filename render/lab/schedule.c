#include "render/lab/schedule.h"

#include "base/text.h"
#include "render/lab/scalar_place.h"
#include "render/lab/values.h"

#define ZONE_DEFAULT "UTC"

struct schedule_fields {
	const struct yaml_pair *time_zone;
	const struct cron *on, *off;
};

static const void *time_zone_read(struct reader *reader, const struct yaml_pair *pair)
{
	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	if (!time_zone_name_is_usable(pair->value->text))
		return reader_refuse(reader, pair->value,
				     "timeZone %s is no name of a zone; use one like Europe/Berlin, or UTC",
				     reader_quote(reader, pair->value->text));
	return pair;
}

static const void *cron_refuse(struct reader *reader, const struct yaml_pair *pair, size_t offset,
			       const struct error *err)
{
	struct place place;

	if (offset == CRON_WHOLE)
		return reader_refuse(reader, pair->value, "%s: %s", pair->key, err->message);
	place = scalar_place(reader, pair->value, offset);
	reader_error_at(reader, &place, "%s: %s", pair->key, err->message);
	return NULL;
}

static const void *cron_read(struct reader *reader, const struct yaml_pair *pair)
{
	cleanup(error) struct error err = ERROR_INIT;
	struct cron *cron;
	size_t offset;

	if (value_string_pair(reader, pair) == NULL)
		return NULL;
	cron = arena_new(reader->arena, sizeof(*cron));
	if (!cron_parse(pair->value->text, cron, &offset, &err))
		return cron_refuse(reader, pair, offset, &err);
	if (!cron_ever_fires(cron))
		return reader_refuse(reader, pair->value, "%s never comes: no month of %s has such a day", pair->key,
				     reader_quote(reader, pair->value->text));
	return cron;
}

static const struct value_type cron_type = {
	.name = "cron",
	.shape = VALUE_TEXT,
	.pattern = "^(@[A-Za-z]+|[ \t]*([^ \t@]+[ \t]+){4}[^ \t]+[ \t]*)$",
};
static const struct value_type zone_type = {
	.name = "time zone",
	.shape = VALUE_TEXT,
	.pattern = "^[A-Za-z]+([A-Za-z0-9_+-]*/[A-Za-z0-9_+/-]*[A-Za-z0-9_+-])?$",
};

static const struct field schedule_fields[] = {
	{ "on", cron_read, offsetof(struct schedule_fields, on), &cron_type,
	  "When the lab's machines are started: minute, hour, day of the month, month and day of the week, or @daily "
	  "and the like.",
	  .presence = FIELD_REQUIRED },
	{ "off", cron_read, offsetof(struct schedule_fields, off), &cron_type,
	  "When they are halted. Disks stay. Before the first of both times, they run.", .presence = FIELD_REQUIRED },
	{ "timeZone", time_zone_read, offsetof(struct schedule_fields, time_zone), &zone_type,
	  "The zone whose clocks these times are read from, like Europe/Berlin. A time that clocks leave out in "
	  "spring "
	  "comes when they jump; one that they show twice in autumn comes the first time.",
	  .fallback = ZONE_DEFAULT },
	{ .name = NULL },
};

const struct value_type schedule_type = { .name = "Schedule", .shape = VALUE_OBJECT, .fields = schedule_fields };

static bool is_given(struct reader *reader, const struct yaml_node *mapping, const char *field)
{
	const struct yaml_node *value = yaml_get(mapping, field);

	if (value && value->kind != YAML_NULL)
		return true;
	reader_refuse(reader, mapping, "schedule has no %s; give both on and off", field);
	return false;
}

static bool times_differ(struct reader *reader, const struct yaml_node *mapping, const struct schedule_fields *fields)
{
	const struct yaml_node *off = yaml_get(mapping, "off");
	struct cron_meeting meeting;

	if (!cron_find_meeting(fields->on, fields->off, &meeting))
		return true;
	reader_refuse(reader, off, "on and off come at the same time, such as %02d:%02d on a %s; change one of them",
		      meeting.hour, meeting.minute, cron_weekday_name(meeting.weekday));
	return false;
}

/* YAML 1.1, as Kubernetes reads it, takes on and off for true and false, unless they are in quotes. */
static const struct yaml_node *names_restore(struct arena *arena, const struct yaml_node *mapping)
{
	struct yaml_node *copy = arena_new(arena, sizeof(*copy));

	*copy = *mapping;
	copy->pairs = arena_new(arena, (mapping->count + 1) * sizeof(*copy->pairs));
	for (size_t i = 0; i < mapping->count; i++) {
		copy->pairs[i] = mapping->pairs[i];
		if (text_equal(copy->pairs[i].key, "true"))
			copy->pairs[i].key = "on";
		else if (text_equal(copy->pairs[i].key, "false"))
			copy->pairs[i].key = "off";
	}
	return copy;
}

const void *schedule_read(struct reader *reader, const struct yaml_pair *pair)
{
	struct schedule_fields fields = { .on = NULL };
	const struct yaml_node *mapping;
	struct lab_schedule *schedule;
	bool given;

	if (value_mapping_pair(reader, pair) == NULL)
		return NULL;
	mapping = names_restore(reader->arena, pair->value);
	fields_read(reader, mapping, "schedule", schedule_fields, &fields);
	given = is_given(reader, mapping, "on");
	given = is_given(reader, mapping, "off") && given;
	if (!given || fields.on == NULL || fields.off == NULL || !times_differ(reader, mapping, &fields))
		return NULL;
	schedule = arena_new(reader->arena, sizeof(*schedule));
	*schedule = (struct lab_schedule){ .on = *fields.on, .off = *fields.off };
	if (fields.time_zone) {
		const struct yaml_node *zone = fields.time_zone->value;

		schedule->time_zone = zone->text;
		schedule->time_zone_place = (struct place){ reader->path, zone->line, zone->column };
	}
	return schedule;
}

const struct time_zone *schedule_zone(struct reader *reader, const struct lab_schedule *schedule,
				      struct time_zones *zones)
{
	const char *name = schedule && schedule->time_zone ? schedule->time_zone : ZONE_DEFAULT;
	const struct time_zone *zone = time_zones_find(zones, name);

	if (zone == NULL)
		reader_error_at(reader, &schedule->time_zone_place,
				"timeZone %s is not known; use a name like Europe/Berlin, or UTC",
				reader_quote(reader, name));
	return zone;
}

void schedule_note_change(struct lab *lab, int64_t moment)
{
	if (lab->next_change == 0 || moment < lab->next_change)
		lab->next_change = (time_t)moment;
}

void schedule_apply(const struct lab_schedule *schedule, const struct time_zone *zone, time_t now, struct lab *lab)
{
	int64_t on, off, next;
	bool was_off = cron_last(&schedule->off, zone, now, &off);
	bool was_on = cron_last(&schedule->on, zone, now, &on);

	lab->powered_off = was_off && (!was_on || off > on);
	if (cron_next(lab->powered_off ? &schedule->on : &schedule->off, zone, now, &next))
		schedule_note_change(lab, next);
}
