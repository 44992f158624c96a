#include "render/lab/resource_fields.h"

#include <string.h>

#include "base/quantity.h"
#include "base/text.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/map_build.h"
#include "render/lab/tell_once.h"
#include "render/lab/values.h"

#define HUGE_PAGES "hugepages-"

enum { RESOURCES_MAX = 32 };

#define MEMORY_EXAMPLE "512Mi"

static const char *const plain_names[] = { "cpu", "memory", "ephemeral-storage", NULL };

static const struct value_type resource_map_type = {
	.shape = VALUE_MAP,
	.items = &quantity_type,
	.items_max = RESOURCES_MAX,
};

/* "nvidia.com/gpu": a device that a plugin of the cluster hands out. */
static bool is_extended(const char *name)
{
	return strchr(name, '/') && is_qualified_name(name);
}

static bool is_huge_pages(const char *name)
{
	int64_t thousandths;

	return text_starts_with(name, HUGE_PAGES) && quantity_parse(name + strlen(HUGE_PAGES), &thousandths) &&
	       thousandths > 0;
}

/* Those of which no more can be handed out than there is: a request is its limit. */
static bool is_exact(const char *name)
{
	return is_huge_pages(name) || is_extended(name);
}

static bool is_plain(const char *name)
{
	for (const char *const *plain = plain_names; *plain; plain++)
		if (text_equal(*plain, name))
			return true;
	return false;
}

/* "100m" of memory is a tenth of a byte, where 100M or 100Mi was meant. */
static const void *bytes_refuse(struct reader *reader, const struct yaml_pair *pair, const char *text)
{
	return reader_refuse(reader, pair->value,
			     "%s is %s, which is not a whole number of bytes; write it like " MEMORY_EXAMPLE,
			     pair->key, reader_quote(reader, text));
}

const void *container_memory_read(struct reader *reader, const struct yaml_pair *pair)
{
	const char *text = value_quantity(reader, pair);
	int64_t thousandths;

	if (text && quantity_parse(text, &thousandths) && thousandths % 1000 != 0)
		return bytes_refuse(reader, pair, text);
	return text;
}

const void *container_cpu_read(struct reader *reader, const struct yaml_pair *pair)
{
	return value_quantity(reader, pair);
}

static const void *resource_read(struct reader *reader, const struct yaml_pair *pair, const void *context)
{
	int64_t thousandths;
	const char *text, *nearest;

	(void)context;
	if (!is_plain(pair->key) && !is_exact(pair->key)) {
		nearest = text_nearest(pair->key, plain_names);
		if (nearest)
			reader_error(reader, pair->line, pair->column, "unknown resource %s; did you mean \"%s\"?",
				     reader_quote(reader, pair->key), nearest);
		else
			reader_error(reader, pair->line, pair->column,
				     "unknown resource %s; use cpu, memory, ephemeral-storage, " HUGE_PAGES
				     "2Mi and the like, or a device's name with its domain, like nvidia.com/gpu",
				     reader_quote(reader, pair->key));
		return NULL;
	}
	text = text_equal(pair->key, "cpu") ? container_cpu_read(reader, pair) : value_quantity(reader, pair);
	if (text == NULL || text_equal(pair->key, "cpu") || !quantity_parse(text, &thousandths))
		return text;
	if (thousandths % 1000 == 0)
		return text;
	if (is_extended(pair->key))
		return reader_refuse(reader, pair->value, "%s must be a whole number, not %s", pair->key,
				     reader_quote(reader, text));
	return bytes_refuse(reader, pair, text);
}

static const void *resource_map_read(struct reader *reader, const struct yaml_pair *pair)
{
	const struct yaml_node *value = pair->value;

	if (value_mapping_pair(reader, pair) == NULL)
		return NULL;
	if (value->count > RESOURCES_MAX)
		return reader_refuse(reader, value, "%s has %zu entries; at most %d are taken", pair->key,
				     value->count, RESOURCES_MAX);
	return map_build(reader, value, resource_read, NULL);
}

static const struct field resources_fields[] = {
	{ "limits", resource_map_read, offsetof(struct lab_resources, limits), &resource_map_type,
	  "The most that the container gets, by resource: cpu, memory, ephemeral-storage, hugepages-2Mi and the "
	  "like, "
	  "or a device with its domain (nvidia.com/gpu). A container that takes more memory is ended.",
	  .fallback = NULL },
	{ "requests", resource_map_read, offsetof(struct lab_resources, requests), &resource_map_type,
	  "What is reserved for the container, by resource. What has a limit and no request has the limit reserved.",
	  .fallback = NULL },
	{ .name = NULL },
};

const struct value_type resources_type = {
	.name = "Resources",
	.shape = VALUE_OBJECT,
	.fields = resources_fields,
	.size = sizeof(struct lab_resources),
};

const char *resource_find(const struct value_map *map, const char *name, const struct place **place)
{
	for (size_t i = 0; map && i < map->count; i++) {
		if (!text_equal(map->keys[i], name))
			continue;
		if (place)
			*place = &map->places[i];
		return map->values[i];
	}
	return NULL;
}

static bool is_above(const char *quantity, const char *limit)
{
	int64_t asked, most;

	return quantity_parse(quantity, &asked) && quantity_parse(limit, &most) && asked > most;
}

static void request_check(struct reader *reader, const struct value_map *limits,
			  const struct resource_request *request)
{
	const char *limit = resource_find(limits, request->name, NULL);

	if (limit == NULL && is_exact(request->name))
		reader_error_once(reader, request->place,
				  "%s is requested without a limit, which Kubernetes refuses; set it in "
				  "resources.limits alone",
				  request->name);
	else if (limit && is_exact(request->name) && !quantity_equal(request->quantity, limit))
		reader_error_once(
			reader, request->place,
			"%s of %s is requested with a limit of %s; make both the same, or remove the request",
			request->name, reader_quote(reader, request->quantity), reader_quote(reader, limit));
	else if (limit && is_above(request->quantity, limit))
		reader_error_once(reader, request->place,
				  "%s of %s is requested with a limit of %s; raise the limit or lower the request",
				  request->name, reader_quote(reader, request->quantity),
				  reader_quote(reader, limit));
}

static bool is_given(const char *name, const struct lab_resources *resources,
		     const struct resource_request *shorthands, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (shorthands[i].quantity && text_equal(shorthands[i].name, name))
			return true;
	return resource_find(resources->requests, name, NULL) || resource_find(resources->limits, name, NULL);
}

/* Kubernetes' own rule. */
static void huge_pages_check(struct reader *reader, const struct lab_resources *resources,
			     const struct resource_request *shorthands, size_t count)
{
	const struct value_map *limits = resources->limits;

	if (is_given("memory", resources, shorthands, count) || is_given("cpu", resources, shorthands, count))
		return;
	for (size_t i = 0; limits && i < limits->count; i++)
		if (is_huge_pages(limits->keys[i])) {
			reader_error_once(reader, &limits->places[i], "%s needs memory or cpu beside it; add memory",
					  limits->keys[i]);
			return;
		}
}

void resources_check(struct reader *reader, const struct lab_resources *resources,
		     const struct resource_request *shorthands, size_t count)
{
	const struct value_map *requests = resources ? resources->requests : NULL;
	const struct value_map *limits = resources ? resources->limits : NULL;

	if (resources)
		huge_pages_check(reader, resources, shorthands, count);
	for (size_t i = 0; i < count; i++)
		if (shorthands[i].quantity)
			request_check(reader, limits, &shorthands[i]);
	for (size_t i = 0; requests && i < requests->count; i++) {
		struct resource_request request = { requests->keys[i], requests->values[i], &requests->places[i] };
		bool shorthand = false;

		for (size_t k = 0; k < count; k++)
			shorthand =
				shorthand || (shorthands[k].quantity && text_equal(shorthands[k].name, request.name));
		if (!shorthand)
			request_check(reader, limits, &request);
	}
}
