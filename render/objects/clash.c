#include "render/objects/clash.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/objects/objects.h"

/* CDI makes the claim that a DataVolume fills under the DataVolume's name. */
static const char *kind_of(const json_t *object)
{
	const char *kind = json_text_at(object, "kind", NULL);

	return text_equal(kind, "DataVolume") ? "PersistentVolumeClaim" : kind;
}

static char *key_new(const json_t *object)
{
	return string_format("%s/%s/%s", kind_of(object), json_text_at(object, "metadata", "namespace", NULL),
			     json_text_at(object, "metadata", "name", NULL));
}

static void clash_report(struct rendered_lab *lab, const struct rendered_lab *other, const json_t *object,
			 struct diagnostics *diagnostics)
{
	diagnostics_add(
		diagnostics, DIAGNOSTIC_ERROR, lab->path, lab->line, 1,
		"lab \"%s\" makes the %s \"%s\" twice, the other time for lab \"%s\" (%s:%zu); rename a node, "
		"a link or a lab",
		lab->name, kind_of(object), json_text_at(object, "metadata", "name", NULL), other->name, other->path,
		other->line);
	lab->valid = false;
}

/* `owners`: the index of the lab that has each name so far. */
static void lab_check(struct rendered_lab *labs, size_t index, json_t *owners, struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < labs[index].count; i++) {
		const json_t *object = labs[index].objects[i].value;
		cleanup(free) char *key = key_new(object);
		json_t *owner = json_object_get(owners, key);

		if (owner == NULL) {
			json_object_set_new(owners, key, json_integer((json_int_t)index));
			continue;
		}
		clash_report(&labs[index], &labs[json_integer_value(owner)], object, diagnostics);
		labs[json_integer_value(owner)].valid = false;
	}
}

void clash_check(struct rendered_lab *labs, size_t count, struct diagnostics *diagnostics)
{
	cleanup(json) json_t *owners = json_object();

	for (size_t i = 0; i < count; i++)
		lab_check(labs, i, owners, diagnostics);
	for (size_t i = 0; i < count; i++) {
		if (!labs[i].valid)
			objects_clear(&labs[i]);
	}
}
