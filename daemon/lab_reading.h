/* The labs of a command's files as models, with what is wrong in them. */
#pragma once

#include "daemon/disk_lookup.h"
#include "daemon/lab_arguments.h"

struct lab_reading {
	struct files files; /* which the models borrow from */
	struct disk_lookup lookup;
	struct lab_set set;
	struct diagnostics diagnostics; /* sorted by place */
};

#define LAB_READING_INIT                                                                                             \
	{                                                                                                            \
		.set = LAB_SET_INIT                                                                                  \
	}

void lab_reading_deinit(struct lab_reading *reading);
static inline void lab_reading_cleanup(struct lab_reading *reading)
{
	lab_reading_deinit(reading);
}

/* Reads the files and prints what is wrong with the labs. False when a file cannot be read, with a message on
 * stderr. The result stays where it is. */
bool lab_reading_read(struct lab_reading *reading, const struct lab_arguments *arguments);
