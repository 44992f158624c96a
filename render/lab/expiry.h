/* `expires`: the day or the moment from which on a lab is no longer wanted. */
#pragma once

#include "base/timezone.h"
#include "render/lab/reader.h"

/* "2026-12-31", which is over when that day is, or "2026-12-31T18:00:00+01:00". */
struct lab_expiry {
	bool is_date;
	int64_t seconds; /* since 1970; of a date, until the midnight that ends it, as if the zone were UTC */
};

extern const struct value_type expiry_type;

/* A field's reader; const struct lab_expiry *. */
const void *expiry_read(struct reader *reader, const struct yaml_pair *pair);

/* The first moment at which it has passed. A date's day ends in `zone`. */
int64_t expiry_moment(const struct lab_expiry *expiry, const struct time_zone *zone);
