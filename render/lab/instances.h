/* `instances`: one file that stands for many labs, such as one for each student.
 *
 * A number N makes "<name>-01" to "<name>-N", with as many digits as N has and
 * two at least; a list of names makes one for each. */
#pragma once

#include "render/lab/variables.h"

enum { INSTANCES_MAX = 500 };

struct lab_instance {
	const char *name; /* "01", or as it is listed: ${instance} */
	const char *number; /* from "1": ${number} */
	const char *lab; /* "<name>-01": ${lab} */
	const struct variables *variables; /* NULL: none of its own */
};

struct lab_instances {
	const struct lab_instance *items;
	size_t count;
};

extern const struct value_type instances_type;

/* What `instances` makes of a lab called `lab`; false after it told what is wrong. */
bool instances_read(struct reader *reader, const char *lab, const struct yaml_pair *pair,
		    struct lab_instances *instances);

/* Moves what was told about each instance to `to`, so that what is the same for all is told once. `told` holds as many
 * as there are instances, and becomes empty. */
void instances_tell(struct diagnostics *to, const struct lab_instances *instances, struct diagnostics *told);
