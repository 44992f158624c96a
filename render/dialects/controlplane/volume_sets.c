/* What a volume set's disks are like, from its document or from a Mapping. */
#include "base/text.h"
#include "render/dialects/controlplane/build.h"
#include "render/dialects/controlplane/values.h"
#include "render/dialects/mapping.h"

static bool plan_by_document(const struct workload_build *build, const struct place *place, const struct fact *fact,
			     struct volume_plan *plan)
{
	const struct volume_set_spec *spec =
		fact->spec ? fact_read(build->reader, fact, fact->spec, &volume_set_spec_type) : NULL;

	if (spec == NULL) {
		reader_error_at(build->reader, place, "volume set \"%s\" in %s:%zu is not usable; mend it first",
				fact->name, fact->place.path, fact->place.line);
		return false;
	}
	plan->size = arena_format(build->arena, "%lldGi", (long long)*spec->capacity);
	plan->storage_class = mapping_storage_class(build->translation->facts, spec->performance_class);
	if (plan->storage_class)
		return true;
	reader_error_at(build->reader, place,
			"volume set \"%s\" has the performance class %s, and no Mapping says which StorageClass that "
			"is; add storageClasses: {%s: NAME} to a labsync.dev/v1alpha1 Mapping",
			fact->name, reader_quote(build->reader, spec->performance_class), spec->performance_class);
	return false;
}

/* In Control Plane a volume set is one workload's. */
static void sharing_warn(const struct workload_build *build, const struct place *place, const char *name)
{
	const char *link = arena_format(build->arena, VOLUME_SET_PREFIX "%s", name);
	const struct fact *other;
	size_t at = 0;

	while ((other = workload_next(build, link, &at)) != NULL)
		if (!text_equal(other->name, build->name)) {
			reader_warn_at(
				build->reader, place,
				"volume set \"%s\" is also workload \"%s\"'s, and they share nothing: each VM has "
				"a disk of its own; name another set",
				name, other->name);
			return;
		}
}

bool volume_set_find(const struct workload_build *build, const struct place *place, const char *name,
		     struct volume_plan *plan)
{
	const struct facts *facts = build->translation->facts;
	const struct fact *fact = facts_find(facts, build->document->dialect->name, "volumeset",
					     build->translation->namespace_name, name);
	const struct mapped_volume *mapped = fact ? NULL : mapping_volume(facts, name);

	sharing_warn(build, place, name);
	if (fact)
		return plan_by_document(build, place, fact, plan);
	if (mapped == NULL) {
		reader_error_at(build->reader, place,
				"volume set \"%s\" is not in the repository; add its document (kind: volumeset), or "
				"volumeSets: {%s: {size: 20Gi}} to a labsync.dev/v1alpha1 Mapping",
				name, name);
		return false;
	}
	if (mapped->size == NULL) {
		reader_error_at(build->reader, place, "volume set \"%s\" in %s:%zu is not usable; mend it first",
				name, mapped->settings.place.path, mapped->settings.place.line);
		return false;
	}
	*plan = (struct volume_plan){ .size = mapped->size, .storage_class = mapped->storage_class };
	return true;
}
