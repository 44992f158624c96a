#include "render/admission/cron.h"
#include "render/admission/rules.h"

#include <string.h>

/* A116 */
void admission_check_data_source(const json_t *source, struct admission_findings *findings)
{
	static const char *const kinds[] = { "pvc", "snapshot", "dataSource", NULL };
	static const char *const keys[] = { "namespace", "name" };
	struct place root = place_root(source, findings);
	struct place spec = place_object(&root, "spec");
	struct place place = place_object(&spec, "source");

	if (!place_is_given(&root))
		return;
	if (place_count_given(&place, kinds, NULL) != 1)
		refuse(&place, "a data source is exactly one of pvc, snapshot and dataSource; give one");
	for (size_t i = 0; kinds[i]; i++) {
		struct place kind = place_object(&place, kinds[i]);

		for (size_t j = 0; place_is_given(&kind) && j < sizeof(keys) / sizeof(keys[0]); j++) {
			if (!place_has(&kind, keys[j]))
				refuse_at(&kind, keys[j], "%s needs %s; give it", kinds[i], keys[j]);
		}
	}
}

/* What a cron's DataVolume may not say, since CDI or the cron says it. */
static void cron_template(const struct place *spec)
{
	static const char *const keys[] = { "sourceRef", "contentType", "checkpoints", "finalCheckpoint" };
	struct place template = place_object(spec, "template");
	struct place inner = place_object(&template, "spec");
	struct place source = place_object(&inner, "source");
	struct place registry = place_object(&source, "registry");

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (place_has(&inner, keys[i]))
			refuse_at(&inner, keys[i], "%s cannot be set in an import by the clock; drop it", keys[i]);
	}
	if (!place_has(&source, "registry") && !place_has(&source, "pvc"))
		refuse(&source, "an import by the clock comes from a registry or a pvc; give registry");
	if (place_is_given(&registry))
		rules_registry_source(&registry);
}

/* A116 */
void admission_check_data_import_cron(const json_t *cron, struct admission_findings *findings)
{
	struct place root = place_root(cron, findings);
	struct place spec = place_object(&root, "spec");
	const char *schedule = place_text(&spec, "schedule");
	int64_t kept;

	if (!place_is_given(&root))
		return;
	cron_template(&spec);
	if (schedule && !cron_is_schedule(schedule))
		refuse_at(&spec, "schedule", "\"%.60s\" is no schedule; write five fields, such as 30 2 * * 1",
			  schedule);
	if (place_integer(&spec, "importsToKeep", &kept) && kept < 0)
		refuse_at(&spec, "importsToKeep", "imports to keep cannot be negative; use 0 or more");
	if (!place_has(&spec, "managedDataSource"))
		refuse_at(&spec, "managedDataSource",
			  "the DataSource that is kept up to date is missing; give its name");
}
