/* Reads one text as the only file of a source, or several as its files. */
#pragma once

#include <check.h>
#include <string.h>

#include "base/buffer.h"
#include "render/lab/lab.h"

struct lab_reading {
	struct lab_set set;
	struct diagnostics diagnostics;
};

#define LAB_READING_INIT                                                                                             \
	{                                                                                                            \
		.set = LAB_SET_INIT, .diagnostics = DIAGNOSTICS_INIT                                                 \
	}

static inline void lab_reading_cleanup(struct lab_reading *reading)
{
	lab_set_deinit(&reading->set);
	diagnostics_deinit(&reading->diagnostics);
}

static inline void lab_reading_read(struct lab_reading *reading, const struct lab_file *files, size_t count)
{
	lab_set_read(&reading->set, files, count, &(struct lab_options){ .default_namespace = "labs" },
		     &reading->diagnostics);
	diagnostics_sort(&reading->diagnostics);
}

static inline void lab_reading_read_text(struct lab_reading *reading, const char *text)
{
	const struct lab_file file = { .path = "labs/a.yaml", .text = text, .length = strlen(text) };

	lab_reading_read(reading, &file, 1);
}

/* All diagnostics, a line each. The caller frees. */
static inline char *lab_reading_lines_new(const struct lab_reading *reading)
{
	struct buffer out = BUFFER_INIT;

	for (size_t i = 0; i < reading->diagnostics.count; i++) {
		diagnostic_write(&reading->diagnostics.items[i], &out);
		buffer_append_char(&out, '\n');
	}
	return buffer_steal(&out);
}

/* The only lab, which must be valid and without a warning. */
static inline const struct lab *lab_reading_only(const struct lab_reading *reading)
{
	cleanup(free) char *lines = lab_reading_lines_new(reading);

	ck_assert_str_eq(lines, "");
	ck_assert_uint_eq(reading->set.count, 1);
	ck_assert(reading->set.complete);
	ck_assert(reading->set.labs[0]->valid);
	return reading->set.labs[0];
}

static inline const struct lab_node *lab_check_node(const struct lab *lab, const char *name)
{
	for (size_t i = 0; i < lab->node_count; i++)
		if (strcmp(lab->nodes[i].name, name) == 0)
			return &lab->nodes[i];
	ck_abort_msg("no node %s", name);
	return NULL;
}

#define LAB_HEAD "apiVersion: knl.kubenetlab.net/v1beta1\nkind: Lab\nmetadata:\n  name: ring\n"
#define CONFIG_HEAD "apiVersion: knl.kubenetlab.net/v1beta1\nkind: KNLConfig\nmetadata:\n  name: knlcfg\n"
