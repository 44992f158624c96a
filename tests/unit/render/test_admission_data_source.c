#include "../suite.h"
#include "admission_check.h"

static const char good_source[] = "apiVersion: cdi.kubevirt.io/v1beta1\n"
				  "kind: DataSource\n"
				  "metadata: {name: fedora}\n"
				  "spec: {source: {pvc: {namespace: a, name: b}}}\n";

static const char good_cron[] = "apiVersion: cdi.kubevirt.io/v1beta1\n"
				"kind: DataImportCron\n"
				"metadata: {name: fedora}\n"
				"spec:\n"
				"  schedule: 30 2 * * 1\n"
				"  managedDataSource: fedora\n"
				"  template: {spec: {source: {registry: {url: 'docker://quay.io/a'}}, storage: "
				"{resources: {requests: {storage: 10Gi}}}}}\n";

START_TEST(source)
{
	static const struct admission_case cases[] = {
		{ "A116: a claim", "{}", "" },
		{ "A116: nothing", "{pvc: null}",
		  "spec.source: a data source is exactly one of pvc, snapshot and dataSource; give one" },
		{ "A116: two", "{snapshot: {namespace: a, name: b}}",
		  "spec.source: a data source is exactly one of pvc, snapshot and dataSource; give one" },
		{ "A116: no name", "{pvc: {name: null}}", "spec.source.pvc.name: pvc needs name; give it" },
	};

	admission_cases(good_source, "spec.source", cases, ARRAY_SIZE(cases));
}
END_TEST

START_TEST(cron)
{
	static const struct admission_case cases[] = {
		{ "A116: an import", "{}", "" },
		{ "A116: a zone, lists, ranges, steps and names",
		  "{schedule: 'CRON_TZ=Europe/Paris */15,1-5 0-23/2 1 jan-mar mon'}", "" },
		{ "A116: a word", "{schedule: '@every 1h'}", "" },
		{ "A116: four fields", "{schedule: 30 2 * *}",
		  "spec.schedule: \"30 2 * *\" is no schedule; write five fields, such as 30 2 * * 1" },
		{ "A116: hour 24", "{schedule: 0 24 * * *}",
		  "spec.schedule: \"0 24 * * *\" is no schedule; write five fields, such as 30 2 * * 1" },
		{ "A116: a range that goes back", "{schedule: 5-1 * * * *}",
		  "spec.schedule: \"5-1 * * * *\" is no schedule; write five fields, such as 30 2 * * 1" },
		{ "A116: a step of zero", "{schedule: '*/0 * * * *'}",
		  "spec.schedule: \"*/0 * * * *\" is no schedule; write five fields, such as 30 2 * * 1" },
		{ "A116: six fields", "{schedule: 0 30 2 * * 1}",
		  "spec.schedule: \"0 30 2 * * 1\" is no schedule; write five fields, such as 30 2 * * 1" },
		{ "A116: an unknown word", "{schedule: '@often'}",
		  "spec.schedule: \"@often\" is no schedule; write five fields, such as 30 2 * * 1" },
		{ "A116: no DataSource", "{managedDataSource: null}",
		  "spec.managedDataSource: the DataSource that is kept up to date is missing; give its name" },
		{ "A116: another source",
		  "{template: {spec: {source: {registry: null, http: {url: 'https://a/b'}}}}}",
		  "spec.template.spec.source: an import by the clock comes from a registry or a pvc; give registry" },
		{ "A116: a content type", "{template: {spec: {contentType: kubevirt}}}",
		  "spec.template.spec.contentType: contentType cannot be set in an import by the clock; drop it" },
		{ "A116: a registry by https", "{template: {spec: {source: {registry: {url: 'https://quay.io/a'}}}}}",
		  "spec.template.spec.source.registry.url: registry cannot be fetched with https; use docker or "
		  "oci-archive" },
		{ "A116: fewer than none kept", "{importsToKeep: -1}",
		  "spec.importsToKeep: imports to keep cannot be negative; use 0 or more" },
	};

	admission_cases(good_cron, "spec", cases, ARRAY_SIZE(cases));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { source, cron };

	return suite_run("render/admission_data_source", tests, ARRAY_SIZE(tests));
}
