/* One Lab document to models: one lab, or one for each of its instances. */
#pragma once

#include "base/timezone.h"
#include "render/lab/defaults.h"
#include "render/lab/dependencies.h"
#include "render/lab/document.h"
#include "render/lab/lab.h"

#define LAB_KIND "Lab"

extern const struct value_type lab_type;

/* What labs are read with. */
struct lab_reading_context {
	const struct lab_options *options;
	struct time_zones *zones;
	/* Takes each lab, as far as it could be read: one with errors is not valid, but holds what could be read of its
	 * nodes and links. */
	void (*take)(struct lab_reading_context *context, const struct dependent *read);
	struct arena *scratch; /* for a lab until it has been taken; NULL: labs stay, in the reader's arena */
	bool held; /* no lab is valid: what they rely on could not be read */
	size_t labs, labs_max; /* read so far; more are refused */
	size_t values; /* of documents with instances, times their instances */
	bool full; /* that there are too many labs was told */
};

/* Reads the document's labs. False when the name or namespace of one could not be read, so that it was not taken. */
bool lab_read(struct reader *reader, const struct yaml_node *root, enum document_kind kind,
	      const struct surroundings *around, struct lab_reading_context *context);
