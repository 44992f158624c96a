/* Pseudo-random machines over few names, so that two of them have much in
 * common: objects, markers, scalars, quantities, nulls, keyed lists (some with
 * a key twice or without one) and atomic lists, at known and unknown fields. */
#pragma once

#include <jansson.h>
#include <stdint.h>

#include "base/json.h"
#include "base/memory.h"
#include "tests/unit/suite.h"

struct random {
	uint64_t state;
};

static inline uint32_t random_below(struct random *random, uint32_t limit)
{
	random->state = random->state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (uint32_t)(random->state >> 33) % limit;
}

static inline json_t *random_value_new(struct random *random, const char *name, int depth);

static inline json_t *random_scalar_new(struct random *random)
{
	switch (random_below(random, 5)) {
	case 0:
		return json_integer(random_below(random, 2));
	case 1:
		return json_real(random_below(random, 2));
	case 2:
		return json_boolean(random_below(random, 2));
	case 3:
		return json_null();
	default:
		return json_string(random_below(random, 2) ? "x" : "");
	}
}

static inline json_t *random_item_new(struct random *random, int depth)
{
	static const char *const names[] = { "i", "j", "k", "l", "m" };
	json_t *item = random_value_new(random, NULL, depth + 1);

	if (!json_is_object(item)) {
		json_decref(item);
		item = json_object();
	}
	if (random_below(random, 40) > 0)
		json_object_set_new(item, "name", json_string(names[random_below(random, ARRAY_SIZE(names))]));
	return item;
}

static inline json_t *random_list_new(struct random *random, const char *name, int depth)
{
	bool keyed = name && strcmp(name, "volumes") == 0;
	uint32_t count = random_below(random, 4);
	json_t *list = json_array();

	for (uint32_t i = 0; i < count; i++)
		json_array_append_new(list, keyed ? random_item_new(random, depth)
						  : random_value_new(random, NULL, depth + 1));
	return list;
}

static inline json_t *random_members_new(struct random *random, int depth)
{
	static const char *const names[] = { "a",         "b",        "c",       "nodeSelector",
					     "resources", "requests", "volumes", "domain" };
	json_t *object = json_object();
	uint32_t count = random_below(random, 4);

	for (uint32_t i = 0; i < count; i++) {
		const char *name = names[random_below(random, ARRAY_SIZE(names))];

		json_object_set_new(object, name, random_value_new(random, name, depth + 1));
	}
	return object;
}

static inline json_t *random_value_new(struct random *random, const char *name, int depth)
{
	static const char *const quantities[] = { "1", "1000m", "1Gi", "1024Mi" };

	if (name && strcmp(name, "volumes") == 0 && random_below(random, 8) > 0)
		return random_list_new(random, name, depth);
	switch (depth > 5 ? 3 : random_below(random, 5)) {
	case 0:
	case 1:
		return random_members_new(random, depth);
	case 2:
		return random_list_new(random, name, depth);
	case 3:
		return random_scalar_new(random);
	default:
		return json_string(quantities[random_below(random, ARRAY_SIZE(quantities))]);
	}
}

static inline json_t *random_texts_new(struct random *random)
{
	static const char *const names[] = { "a", "b.c/d", "labsync.dev/commit", "labsync.dev/digest" };
	json_t *texts = json_object();

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (random_below(random, 2))
			json_object_set_new(texts, names[i], json_string(random_below(random, 2) ? "1" : "2"));
	return texts;
}

static inline json_t *random_machine_new(struct random *random)
{
	json_t *metadata = json_object(), *guest = random_members_new(random, 3);

	if (random_below(random, 4))
		json_object_set_new(metadata, "labels", random_texts_new(random));
	if (random_below(random, 4))
		json_object_set_new(metadata, "annotations", random_texts_new(random));
	json_object_set_new(guest, "volumes", random_value_new(random, "volumes", 4));
	return json_pack("{s:s, s:s, s:o, s:{s:o, s:{s:o}}}", "apiVersion", "kubevirt.io/v1", "kind",
			 "VirtualMachine", "metadata", metadata, "spec", "a", random_scalar_new(random), "template",
			 "spec", guest);
}
