/* instances_tell(): a mistake in a file of 30 labs is one mistake. */
#include "render/lab/instances.h"

#include <string.h>

#include "base/buffer.h"

/* Something that was told about an instance. */
struct remark {
	const struct diagnostic *diagnostic;
	size_t instance;
	char *key; /* the message with "<lab>" for the lab's own name */
	bool names_lab;
};

struct remarks {
	struct remark *items;
	size_t count, capacity;
};

static char *key_new(const char *message, const char *lab, bool *names_lab)
{
	struct buffer key = BUFFER_INIT;
	size_t length = strlen(lab);
	const char *found;

	*names_lab = false;
	for (; (found = strstr(message, lab)) != NULL; message = found + length) {
		*names_lab = true;
		buffer_append(&key, message, (size_t)(found - message));
		buffer_append_text(&key, "<lab>");
	}
	buffer_append_text(&key, message);
	return buffer_steal(&key);
}

static int number_compare(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

/* All but the instance. */
static int remark_compare_what(const struct remark *a, const struct remark *b)
{
	int order = strcmp(a->diagnostic->path, b->diagnostic->path);

	if (order == 0)
		order = number_compare(a->diagnostic->line, b->diagnostic->line);
	if (order == 0)
		order = number_compare(a->diagnostic->column, b->diagnostic->column);
	if (order == 0)
		order = number_compare(a->diagnostic->severity, b->diagnostic->severity);
	return order ? order : strcmp(a->key, b->key);
}

static int remark_compare(const void *left, const void *right)
{
	const struct remark *a = left, *b = right;
	int order = remark_compare_what(a, b);

	return order ? order : number_compare(a->instance, b->instance);
}

static void remarks_collect(struct remarks *remarks, const struct lab_instances *instances,
			    const struct diagnostics *told)
{
	for (size_t i = 0; i < instances->count; i++)
		for (size_t j = 0; j < told[i].count; j++) {
			struct remark *remark;

			memory_grow(&remarks->items, remarks->count, &remarks->capacity, sizeof(*remarks->items));
			remark = &remarks->items[remarks->count++];
			*remark = (struct remark){ .diagnostic = &told[i].items[j], .instance = i };
			remark->key =
				key_new(remark->diagnostic->message, instances->items[i].lab, &remark->names_lab);
		}
	if (remarks->count)
		qsort(remarks->items, remarks->count, sizeof(*remarks->items), remark_compare);
}

/* Which of the instances it is about, as far as the message does not say so. */
static void group_write(const struct remark *first, size_t labs, const struct lab_instances *instances,
			struct buffer *out)
{
	const char *lab = instances->items[first->instance].lab;

	buffer_append_text(out, first->diagnostic->message);
	if (labs < instances->count && !first->names_lab)
		buffer_format(out, "; in lab \"%s\"", lab);
	if (labs > 1 && (labs < instances->count || first->names_lab))
		buffer_format(out, "%s%zu other instance%s",
			      labs < instances->count && !first->names_lab ? " and " : "; the same in ", labs - 1,
			      labs == 2 ? "" : "s");
}

static void remarks_tell(const struct remarks *remarks, const struct lab_instances *instances, struct diagnostics *to)
{
	for (size_t i = 0, next; i < remarks->count; i = next) {
		const struct remark *first = &remarks->items[i];
		const struct diagnostic *diagnostic = first->diagnostic;
		cleanup(buffer) struct buffer message = BUFFER_INIT;
		size_t labs = 1;

		for (next = i + 1; next < remarks->count && remark_compare_what(first, &remarks->items[next]) == 0;
		     next++)
			labs += remarks->items[next].instance != remarks->items[next - 1].instance;
		group_write(first, labs, instances, &message);
		diagnostics_add(to, diagnostic->severity, diagnostic->path, diagnostic->line, diagnostic->column,
				"%s", buffer_text(&message));
	}
}

void instances_tell(struct diagnostics *to, const struct lab_instances *instances, struct diagnostics *told)
{
	struct remarks remarks = { .items = NULL };

	remarks_collect(&remarks, instances, told);
	remarks_tell(&remarks, instances, to);
	for (size_t i = 0; i < remarks.count; i++)
		free(remarks.items[i].key);
	free(remarks.items);
	for (size_t i = 0; i < instances->count; i++) {
		to->dropped += told[i].dropped;
		diagnostics_deinit(&told[i]);
	}
}
