/* One Lab document to models: one lab, or one for each of its instances. */
#pragma once

#include "base/timezone.h"
#include "render/lab/defaults.h"
#include "render/lab/dependencies.h"
#include "render/lab/document.h"
#include "render/lab/lab.h"

#define LAB_KIND "Lab"

extern const struct value_type lab_type;

/* The labs that were read so far. */
struct lab_drafts {
	struct dependent *items;
	size_t count, capacity;
	size_t values; /* of documents with instances, times their instances */
};

#define LAB_DRAFTS_INIT                                                                                              \
	{                                                                                                            \
		.items = NULL                                                                                        \
	}

static inline void lab_drafts_cleanup(struct lab_drafts *drafts)
{
	free(drafts->items);
}

/* What labs are read with. */
struct lab_reading_context {
	const struct lab_options *options;
	struct time_zones *zones;
	struct lab_drafts *drafts;
	size_t labs_max; /* more are refused; what is there already counts */
	bool full; /* that was told */
};

/* Appends the document's labs. False when the name or namespace of one could not be read, so that it is not among them.
 * A lab with errors is not valid, but holds what could be read of its nodes and links. */
bool lab_read(struct reader *reader, const struct yaml_node *root, enum document_kind kind,
	      const struct surroundings *around, struct lab_reading_context *context);
