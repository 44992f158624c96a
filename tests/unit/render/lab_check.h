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

static inline char *diagnostics_lines_new(const struct diagnostics *diagnostics)
{
	struct buffer out = BUFFER_INIT;

	for (size_t i = 0; i < diagnostics->count; i++) {
		diagnostic_write(&diagnostics->items[i], &out);
		buffer_append_char(&out, '\n');
	}
	return buffer_steal(&out);
}

/* The labs that are visited, ticked off in a set. */
struct visit_check {
	const struct lab_set *set;
	size_t count;
};

static inline bool visit_is_of(const struct lab *seen, const struct lab *lab)
{
	return strcmp(seen->namespace_name, lab->namespace_name) == 0 && strcmp(seen->name, lab->name) == 0 &&
	       strcmp(seen->path, lab->path) == 0 && seen->line == lab->line;
}

static inline void visit_compare(void *context, const struct lab *lab)
{
	struct visit_check *check = context;
	const struct lab *other = NULL;

	check->count++;
	for (size_t i = 0; other == NULL && i < check->set->count; i++)
		if (visit_is_of(lab, check->set->labs[i]))
			other = check->set->labs[i];
	ck_assert_msg(other != NULL, "%s is visited and not in the set", lab->name);
	ck_assert_msg(lab->valid == other->valid, "%s is valid for one alone", lab->name);
	ck_assert_uint_eq(lab->node_count, other->node_count);
	ck_assert_uint_eq(lab->link_count, other->link_count);
	ck_assert_uint_eq(lab->manifest_count, other->manifest_count);
	ck_assert_uint_eq(lab->disk_count, other->disk_count);
	ck_assert_uint_eq(lab->operation_count, other->operation_count);
	ck_assert_pstr_eq(lab->worker_group, other->worker_group);
	ck_assert_uint_eq(lab->dependency_count, other->dependency_count);
	for (size_t i = 0; lab->valid && i < lab->link_count; i++) {
		ck_assert_int_eq(lab->links[i].vni, other->links[i].vni);
		ck_assert_int_eq(lab->links[i].driver, other->links[i].driver);
		ck_assert_str_eq(lab->links[i].object_name, other->links[i].object_name);
	}
	for (size_t i = 0; i < lab->dependency_count; i++)
		ck_assert_str_eq(lab->dependencies[i].name, other->dependencies[i].name);
}

/* One by one, the same labs come out, and the same is said of them. */
static inline void lab_reading_check_visit(const struct lab_reading *reading, const struct lab_file *files,
					   size_t count, const struct lab_options *options)
{
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	cleanup(free) char *lines = diagnostics_lines_new(&reading->diagnostics), *visited = NULL;
	struct visit_check check = { .set = &reading->set };
	bool complete = labs_visit(files, count, options, visit_compare, &check, &diagnostics);

	diagnostics_sort(&diagnostics);
	visited = diagnostics_lines_new(&diagnostics);
	ck_assert_str_eq(visited, lines);
	ck_assert_uint_eq(check.count, reading->set.count);
	ck_assert(complete == reading->set.complete);
}

static inline void lab_reading_read(struct lab_reading *reading, const struct lab_file *files, size_t count)
{
	const struct lab_options options = { .default_namespace = "labs" };

	lab_set_read(&reading->set, files, count, &options, &reading->diagnostics);
	diagnostics_sort(&reading->diagnostics);
	lab_reading_check_visit(reading, files, count, &options);
}

static inline void lab_reading_read_text(struct lab_reading *reading, const char *text)
{
	const struct lab_file file = { .path = "labs/a.yaml", .text = text, .length = strlen(text) };

	lab_reading_read(reading, &file, 1);
}

/* All diagnostics, a line each. The caller frees. */
static inline char *lab_reading_lines_new(const struct lab_reading *reading)
{
	return diagnostics_lines_new(&reading->diagnostics);
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
