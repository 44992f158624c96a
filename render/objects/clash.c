#include "render/objects/clash.h"

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/objects/objects.h"

enum { SLOTS_FIRST = 256 };

struct clash_slot {
	uint64_t hash; /* 0: free */
	uint32_t lab;
};

void clashes_deinit(struct clashes *clashes)
{
	for (size_t i = 0; i < clashes->lab_count; i++) {
		free(clashes->labs[i].name);
		free(clashes->labs[i].path);
	}
	free(clashes->labs);
	free(clashes->slots);
	*clashes = (struct clashes)CLASHES_INIT;
}

/* CDI makes the claim that a DataVolume fills under the DataVolume's name. */
static const char *kind_of(const json_t *object)
{
	const char *kind = json_text_at(object, "kind", NULL);

	return text_equal(kind, "DataVolume") ? "PersistentVolumeClaim" : kind;
}

static uint64_t hash_add(uint64_t hash, const char *text)
{
	/* FNV-1a, the NUL included; with 64 bits no two of a million names meet by chance. */
	do {
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
	} while (*text++);
	return hash;
}

static uint64_t object_hash(const json_t *object)
{
	const char *namespace_name = json_text_at(object, "metadata", "namespace", NULL);
	uint64_t hash = hash_add(0xcbf29ce484222325u, kind_of(object));

	/* Without one, an object is the whole cluster's. */
	hash = hash_add(hash, namespace_name ? namespace_name : "");
	hash = hash_add(hash, json_text_at(object, "metadata", "name", NULL));
	return hash ? hash : 1;
}

/* Where it is, or where it belongs. */
static struct clash_slot *slot_find(struct clash_slot *slots, size_t count, uint64_t hash)
{
	size_t at = hash & (count - 1);

	while (slots[at].hash && slots[at].hash != hash)
		at = (at + 1) & (count - 1);
	return &slots[at];
}

static void slots_grow(struct clashes *clashes)
{
	size_t count = clashes->slot_count ? clashes->slot_count * 2 : SLOTS_FIRST;
	struct clash_slot *slots = memory_new_array(count, sizeof(*slots));

	for (size_t i = 0; i < clashes->slot_count; i++)
		if (clashes->slots[i].hash)
			*slot_find(slots, count, clashes->slots[i].hash) = clashes->slots[i];
	free(clashes->slots);
	clashes->slots = slots;
	clashes->slot_count = count;
}

static void clash_tell(const struct rendered_lab *lab, const struct clash_lab *other, const json_t *object,
		       struct diagnostics *diagnostics)
{
	diagnostics_add(
		diagnostics, DIAGNOSTIC_ERROR, lab->path, lab->line, 1,
		"lab \"%s\" makes the %s \"%s\" twice, the other time for lab \"%s\" (%s:%zu); rename a node, "
		"a link or a lab",
		lab->name, kind_of(object), json_text_at(object, "metadata", "name", NULL), other->name, other->path,
		other->line);
}

static void lab_note(struct clashes *clashes, const struct rendered_lab *lab)
{
	memory_grow(&clashes->labs, clashes->lab_count, &clashes->lab_capacity, sizeof(*clashes->labs));
	clashes->labs[clashes->lab_count++] = (struct clash_lab){
		.name = string_copy(lab->name),
		.path = string_copy(lab->path),
		.line = lab->line,
	};
}

ssize_t clashes_add(struct clashes *clashes, struct rendered_lab *lab, struct diagnostics *diagnostics)
{
	ssize_t found = CLASH_NONE;

	lab_note(clashes, lab);
	for (size_t i = 0; i < lab->count && found == CLASH_NONE; i++) {
		uint64_t hash = object_hash(lab->objects[i].value);
		struct clash_slot *slot;

		if (clashes->used * 2 >= clashes->slot_count)
			slots_grow(clashes);
		slot = slot_find(clashes->slots, clashes->slot_count, hash);
		if (slot->hash) {
			found = slot->lab;
			clash_tell(lab, &clashes->labs[found], lab->objects[i].value, diagnostics);
			continue;
		}
		*slot = (struct clash_slot){ .hash = hash, .lab = (uint32_t)(clashes->lab_count - 1) };
		clashes->used++;
	}
	if (found != CLASH_NONE) {
		lab->valid = false;
		objects_clear(lab);
	}
	return found;
}
