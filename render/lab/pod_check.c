#include "render/lab/pod_check.h"

#include "base/quantity.h"
#include "render/lab/exclusive.h"
#include "render/lab/pod_fields.h"
#include "render/lab/resource_fields.h"
#include "render/lab/tell_once.h"

/* Where a value stands, and how high. */
static struct origin pod_origin(const struct lab_pod *pod, size_t offset)
{
	const struct origin *origin = object_origin(&pod_type, pod, offset);

	return origin ? *origin : (struct origin){ .layer = LAYER_BUILT_IN, .place = pod->settings.place };
}

/* One of two that stand in the same layer, which may be two files: that which comes later. */
static const struct place *place_later(const struct place *one, const struct place *other)
{
	if (one->line != other->line)
		return one->line > other->line ? one : other;
	return one->column > other->column ? one : other;
}

static void command_check(struct reader *reader, struct lab_pod *pod)
{
	static const size_t commands[] = { offsetof(struct lab_pod, command_line),
					   offsetof(struct lab_pod, command) };

	exclusive_settle(reader, &pod_type, pod, commands, sizeof(commands) / sizeof(commands[0]));
}

/* One of the shorthands against resources.requests. Returns what holds; NULL when
 * that is in `resources`, or nowhere. */
static const char *shorthand_settle(struct reader *reader, const struct lab_pod *pod, const char *name,
				    const char *quantity, size_t offset)
{
	struct origin shorthand = pod_origin(pod, offset);
	const struct value_map *requests = pod->resources ? pod->resources->requests : NULL;
	const struct place *place = NULL;
	const char *requested = resource_find(requests, name, &place);
	const struct origin *origin;
	enum layer layer;

	if (quantity == NULL || requested == NULL)
		return quantity;
	origin = object_origin(&resources_type, pod->resources, offsetof(struct lab_resources, requests));
	layer = origin ? origin->layer : LAYER_BUILT_IN;
	if (shorthand.layer != layer)
		return shorthand.layer > layer ? quantity : NULL;
	if (!quantity_equal(quantity, requested))
		reader_error_once(reader, place_later(&shorthand.place, place),
				  "%s is %s, but resources.requests.%s is %s; keep one", name,
				  reader_quote(reader, quantity), name, reader_quote(reader, requested));
	return NULL;
}

/* A limit that was refused is no reason to complain about its request. */
static void requests_check(struct reader *reader, struct lab_pod *pod, bool complete)
{
	size_t memory = offsetof(struct lab_pod, memory), cpu = offsetof(struct lab_pod, cpu);
	size_t before = reader->errors;
	struct origin memory_origin = pod_origin(pod, memory), cpu_origin = pod_origin(pod, cpu);
	struct resource_request shorthands[] = {
		{ "memory", NULL, &memory_origin.place },
		{ "cpu", NULL, &cpu_origin.place },
	};

	shorthands[0].quantity = shorthand_settle(reader, pod, "memory", pod->memory, memory);
	shorthands[1].quantity = shorthand_settle(reader, pod, "cpu", pod->cpu, cpu);
	if (reader->errors > before)
		return;
	if (complete)
		resources_check(reader, pod->resources, shorthands, 2);
	pod->memory = shorthands[0].quantity;
	pod->cpu = shorthands[1].quantity;
}

static void rights_check(struct reader *reader, const struct lab_pod *pod)
{
	struct origin origin = pod_origin(pod, offsetof(struct lab_pod, capabilities));

	if (pod->privileged && *pod->privileged && pod->capabilities && pod->capabilities->count)
		reader_warn_once(reader, &origin.place,
				 "capabilities have no effect on a privileged pod; remove one");
}

void pod_check(struct reader *reader, struct lab_pod *pod, bool complete)
{
	command_check(reader, pod);
	requests_check(reader, pod, complete);
	rights_check(reader, pod);
}
