#include "render/admission/known_fields.h"
#include "render/admission/rules.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

static const struct kind {
	const char *kind, *group;
	void (*check)(const json_t *object, struct admission_findings *findings);
} kinds[] = {
	{ "VirtualMachine", "kubevirt.io/", admission_check_machine },
	{ "VirtualMachinePool", "pool.kubevirt.io/", admission_check_pool },
	{ "DataVolume", "cdi.kubevirt.io/", admission_check_data_volume },
	{ "DataSource", "cdi.kubevirt.io/", admission_check_data_source },
	{ "DataImportCron", "cdi.kubevirt.io/", admission_check_data_import_cron },
};

void admission_check(const json_t *object, struct admission_findings *findings)
{
	const char *kind = json_text_at(object, "kind", NULL);
	const char *version = json_text_at(object, "apiVersion", NULL);

	for (size_t i = 0; kind && version && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].kind, kind) == 0 && text_starts_with(version, kinds[i].group))
			kinds[i].check(object, findings);
	}
}

void rules_machine(const struct place *owner)
{
	cleanup(machine_view) struct machine_view machine;

	machine_view_init(&machine, owner);
	rules_object(&machine, owner);
	if (!place_is_given(&machine.template))
		return;
	if (!place_has(&machine.instance, "domain"))
		refuse(&machine.domain, "a machine needs a domain; give devices and memory under it");
	rules_data_volume_templates(&machine, owner);
	rules_cpu(&machine);
	rules_memory(&machine);
	rules_disks(&machine);
	rules_volumes(&machine);
	rules_access_credentials(&machine);
	rules_networks(&machine);
	rules_interfaces(&machine);
	rules_firmware(&machine);
	rules_devices(&machine);
	rules_scheduling(&machine);
	rules_lifecycle(&machine);
}

void admission_check_machine(const json_t *machine, struct admission_findings *findings)
{
	struct place root = place_root(machine, findings);

	if (place_is_given(&root))
		rules_machine(&root);
}

void admission_check_fields(const json_t *object, struct admission_findings *findings)
{
	struct place root = { .value = object, .findings = findings };
	struct place spec = place_at(&root, "spec");

	if (text_equal(json_text_at(object, "kind", NULL), "VirtualMachine") && json_is_object(spec.value))
		known_fields_check(&spec, known_machine);
}
