/* Whether a VM is as its class lets it be. */
#include "base/buffer.h"
#include "base/quantity.h"
#include "base/text.h"
#include "render/dialects/deckhouse/classes.h"

enum { ALL = 100 };

static const struct class_sizing *policy_of(const struct class_spec *class, int64_t cores)
{
	for (size_t i = 0; i < class->sizing->count; i++) {
		const struct class_sizing *policy = class->sizing->items[i];

		if (cores >= *policy->cores->least && cores <= *policy->cores->most)
			return policy;
	}
	return NULL;
}

static const char *policies_text(struct reader *reader, const struct class_spec *class)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < class->sizing->count; i++) {
		const struct class_cores *cores = ((const struct class_sizing *)class->sizing->items[i])->cores;

		buffer_format(&text, "%s%d to %d", i ? ", " : "", (int)*cores->least, (int)*cores->most);
	}
	return arena_copy(reader->arena, buffer_text(&text), text.length);
}

static bool cores_fit(struct reader *reader, const struct class_sizing *policy, const struct class_wish *wish)
{
	int64_t step = policy->cores->step ? *policy->cores->step : 1, least = *policy->cores->least;
	int64_t below = wish->cores - (wish->cores - least) % step;

	if (below == wish->cores)
		return true;
	if (below + step <= *policy->cores->most)
		reader_refuse(reader, wish->cores_at,
			      "cores is %d, but class \"%s\" takes every %d from %d on; use %d or %d",
			      (int)wish->cores, wish->class_name, (int)step, (int)least, (int)below,
			      (int)(below + step));
	else
		reader_refuse(reader, wish->cores_at,
			      "cores is %d, but class \"%s\" takes every %d from %d on; use %d", (int)wish->cores,
			      wish->class_name, (int)step, (int)least, (int)below);
	return false;
}

/* Of a limit of the class; NULL is none. */
static bool is_less(const char *limit, int64_t thousandths, int64_t times)
{
	int64_t value;

	return limit && quantity_parse(limit, &value) && thousandths / times < value;
}

static bool is_more(const char *limit, int64_t thousandths, int64_t times)
{
	int64_t value;

	return limit && quantity_parse(limit, &value) &&
	       (thousandths / times > value || (thousandths / times == value && thousandths % times));
}

static bool memory_refuse(struct reader *reader, const struct class_wish *wish, const char *limit, const char *what)
{
	reader_refuse(reader, wish->memory_at, "memory is %s, but class \"%s\" %s %s", wish->memory, wish->class_name,
		      what, limit);
	return false;
}

static bool step_fits(struct reader *reader, const struct class_memory *memory, const struct class_wish *wish,
		      int64_t thousandths)
{
	int64_t step, least = 0;

	if (memory->step == NULL || !quantity_parse(memory->step, &step) || step <= 0)
		return true;
	if (memory->least)
		quantity_parse(memory->least, &least);
	return (thousandths - least) % step == 0 ||
	       memory_refuse(reader, wish, memory->step, "gives memory only in steps of");
}

static bool memory_fits(struct reader *reader, const struct class_memory *memory, const struct class_wish *wish)
{
	const struct class_span *per_core = memory ? memory->per_core : NULL;
	int64_t thousandths;

	if (memory == NULL || !quantity_parse(wish->memory, &thousandths))
		return true;
	if (is_less(memory->least, thousandths, 1))
		return memory_refuse(reader, wish, memory->least, "gives at least");
	if (is_more(memory->most, thousandths, 1))
		return memory_refuse(reader, wish, memory->most, "gives at most");
	if (per_core && is_less(per_core->least, thousandths, wish->cores))
		return memory_refuse(reader, wish, per_core->least, "gives for each core at least");
	if (per_core && is_more(per_core->most, thousandths, wish->cores))
		return memory_refuse(reader, wish, per_core->most, "gives for each core at most");
	return step_fits(reader, memory, wish, thousandths);
}

static const char *fractions_text(struct reader *reader, const struct value_list *fractions)
{
	cleanup(buffer) struct buffer text = BUFFER_INIT;

	for (size_t i = 0; i < fractions->count; i++)
		buffer_format(&text, "%s%d%%", i ? ", " : "", (int)*(const int64_t *)fractions->items[i]);
	return arena_copy(reader->arena, buffer_text(&text), text.length);
}

/* 0 after it told that the class has none like it. */
static int64_t fraction_fit(struct reader *reader, const struct class_sizing *policy, const struct class_wish *wish)
{
	const struct value_list *allowed = policy->fractions;
	int64_t fraction = wish->fraction             ? *wish->fraction
			   : policy->default_fraction ? *policy->default_fraction
						      : ALL;

	if (allowed == NULL || allowed->count == 0)
		return fraction;
	for (size_t i = 0; i < allowed->count; i++)
		if (*(const int64_t *)allowed->items[i] == fraction)
			return fraction;
	reader_refuse(reader, wish->fraction ? wish->fraction_at : wish->cores_at,
		      "coreFraction is %d%%, but class \"%s\" allows %s", (int)fraction, wish->class_name,
		      fractions_text(reader, allowed));
	return 0;
}

int64_t class_fit(struct reader *reader, const struct class_spec *class, const struct class_wish *wish)
{
	const struct class_sizing *policy;

	if (class == NULL || class->sizing == NULL || class->sizing->count == 0)
		return wish->fraction ? *wish->fraction : ALL;
	policy = policy_of(class, wish->cores);
	if (policy == NULL) {
		reader_refuse(reader, wish->cores_at, "cores is %d, but class \"%s\" has policies for %s",
			      (int)wish->cores, wish->class_name, policies_text(reader, class));
		return 0;
	}
	if (!cores_fit(reader, policy, wish) || !memory_fits(reader, policy->memory, wish))
		return 0;
	return fraction_fit(reader, policy, wish);
}
