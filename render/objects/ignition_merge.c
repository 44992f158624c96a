#include "render/objects/ignition_merge.h"

#include <stdio.h>

#include "base/json.h"
#include "base/text.h"
#include "render/objects/merge.h"
#include "render/objects/own_init.h"

struct version {
	unsigned int minor, patch;
};

/* Versions of the third series; what comes after a "-" is an experiment's name. */
static bool version_parse(const char *text, struct version *version)
{
	char end;
	int found = text ? sscanf(text, "3.%3u.%3u%c", &version->minor, &version->patch, &end) : 0;

	return found == 2 || (found == 3 && end == '-');
}

static bool version_is_above(const char *text, const char *other)
{
	struct version a, b;

	if (!version_parse(text, &a) || !version_parse(other, &b))
		return false;
	return a.minor != b.minor ? a.minor > b.minor : a.patch > b.patch;
}

static bool own_check(const struct lab *lab, const struct lab_own_init *own, const json_t *config, struct error *err)
{
	const json_t *version = json_at(config, "ignition", "version", NULL);
	struct version parsed;

	if (json_object_get(config, "variant"))
		return own_init_refuse(lab, own, err,
				       "ignition: this is a Butane file; turn it into Ignition's JSON with butane");
	if (version && !version_parse(json_string_value(version), &parsed))
		return own_init_refuse(
			lab, own, err,
			"ignition: only configurations of version 3 can be merged; use 3.0.0 or later");
	return true;
}

/* A path is one thing: labsync's file goes where the person has a directory or link. */
static void files_yield(json_t *config, const json_t *own)
{
	static const char *const kinds[] = { "directories", "links" };
	json_t *files = json_at(config, "storage", "files", NULL);

	for (size_t kind = 0; kind < sizeof(kinds) / sizeof(kinds[0]); kind++) {
		const json_t *others = json_at(own, "storage", kinds[kind], NULL);
		size_t i;
		json_t *other;

		json_array_foreach (others, i, other) {
			for (size_t j = json_array_size(files); j-- > 0;) {
				if (text_equal(json_text_at(json_array_get(files, j), "path", NULL),
					       json_text_at(other, "path", NULL)))
					json_array_remove(files, j);
			}
		}
	}
}

bool ignition_merge(const struct lab *lab, const struct lab_own_init *own, json_t *config, struct error *err)
{
	static const char *const keys[] = { "name", "device", "path", NULL };
	cleanup(json) json_t *theirs = own_init_mapping_new(lab, own, "ignition", err);
	cleanup(json) json_t *version = NULL;

	if (theirs == NULL || !own_check(lab, own, theirs, err))
		return false;
	version = json_incref(json_at(config, "ignition", "version", NULL));
	files_yield(config, theirs);
	merge_onto(config, theirs, keys);
	if (version_is_above(json_string_value(version), json_text_at(config, "ignition", "version", NULL)))
		json_object_set(json_object_member(config, "ignition"), "version", version);
	return true;
}
