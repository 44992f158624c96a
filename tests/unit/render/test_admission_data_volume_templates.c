#include "../suite.h"
#include "admission_check.h"

static const struct admission_case data_volume_templates_cases[] = {
	{ "A13: used",
	  "{dataVolumeTemplates: [{metadata: {name: root}, spec: {source: {blank: {}}, storage: {resources: "
	  "{requests: {storage: 1Gi}}}}}]}",
	  "" },
	{ "A13: used as a claim",
	  "{dataVolumeTemplates: [{metadata: {name: root}, spec: {source: {blank: {}}, storage: {resources: "
	  "{requests: {storage: 1Gi}}}}}], template: {spec: {volumes: [{name: root, persistentVolumeClaim: "
	  "{claimName: root}}]}}}",
	  "" },
	{ "A13: not used",
	  "{dataVolumeTemplates: [{metadata: {name: other}, spec: {source: {blank: {}}, storage: {resources: "
	  "{requests: {storage: 1Gi}}}}}]}",
	  "spec.dataVolumeTemplates[0].metadata.name: no volume uses the template other; add one with "
	  "dataVolume.name, or drop it" },
	{ "A13: the item is text", "{dataVolumeTemplates: [x]}",
	  "spec.dataVolumeTemplates[0]: this is text; write a mapping" },
	{ "A14: no name",
	  "{dataVolumeTemplates: [{metadata: {labels: {}}, spec: {source: {blank: {}}, storage: {resources: "
	  "{requests: {storage: 1Gi}}}}}]}",
	  "spec.dataVolumeTemplates[0].metadata.name: a template of a volume needs a name; give "
	  "metadata.name" },
	{ "A14: the machine's namespace",
	  "{dataVolumeTemplates: [{metadata: {name: root, namespace: lab}, spec: {source: {blank: {}}, "
	  "storage: {resources: {requests: {storage: 1Gi}}}}}]}",
	  "" },
	{ "A14: another namespace",
	  "{dataVolumeTemplates: [{metadata: {name: root, namespace: other}, spec: {source: {blank: {}}, "
	  "storage: {resources: {requests: {storage: 1Gi}}}}}]}",
	  "spec.dataVolumeTemplates[0].metadata.namespace: the machine is in namespace lab, and so are its "
	  "volumes; drop this" },
	{ "A15: no storage", "{dataVolumeTemplates: [{metadata: {name: root}, spec: {source: {blank: {}}}}]}",
	  "spec.dataVolumeTemplates[0].spec.storage: a volume needs its storage; give "
	  "storage.resources.requests.storage" },
	{ "A15: pvc and storage",
	  "{dataVolumeTemplates: [{metadata: {name: root}, spec: {source: {blank: {}}, pvc: {accessModes: "
	  "[ReadWriteOnce], resources: {requests: {storage: 1Gi}}}, storage: {resources: {requests: "
	  "{storage: "
	  "1Gi}}}}}]}",
	  "spec.dataVolumeTemplates[0].spec.pvc: pvc and storage exclude each other; keep storage" },
	{ "A16: no source",
	  "{dataVolumeTemplates: [{metadata: {name: root}, spec: {storage: {resources: {requests: {storage: "
	  "1Gi}}}}}]}",
	  "spec.dataVolumeTemplates[0].spec.source: a volume needs its source; give one, such as blank: {}" },
	{ "A16: source and dataSource",
	  "{dataVolumeTemplates: [{metadata: {name: root}, spec: {source: {blank: {}}, storage: {dataSource: "
	  "{kind: PersistentVolumeClaim, name: a}, resources: {requests: {storage: 1Gi}}}}}]}",
	  "spec.dataVolumeTemplates[0].spec.source: storage.dataSource fills the volume already; drop one of "
	  "the two" },
	{ "A16: filled from outside",
	  "{dataVolumeTemplates: [{metadata: {name: root}, spec: {storage: {dataSource: {kind: "
	  "PersistentVolumeClaim, name: a}, resources: {requests: {storage: 1Gi}}}}}]}",
	  "" },
	{ "A17: two sources",
	  "{dataVolumeTemplates: [{metadata: {name: root}, spec: {source: {blank: {}, upload: {}}, storage: "
	  "{resources: {requests: {storage: 1Gi}}}}}]}",
	  "spec.dataVolumeTemplates[0].spec.source: a volume has one source, this has 2; keep one" },
	{ "A17: an empty source",
	  "{dataVolumeTemplates: [{metadata: {name: root}, spec: {source: {}, storage: {resources: "
	  "{requests: "
	  "{storage: 1Gi}}}}}]}",
	  "spec.dataVolumeTemplates[0].spec.source: the source says nothing; give one, such as http, "
	  "registry "
	  "or blank" },
};

START_TEST(data_volume_templates)
{
	admission_cases(good_machine, "spec", data_volume_templates_cases, ARRAY_SIZE(data_volume_templates_cases));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { data_volume_templates };

	return suite_run("render/admission_data_volume_templates", tests, ARRAY_SIZE(tests));
}
