#include "render/objects/admission_report.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "render/admission/admission.h"
#include "render/lab/placement_fields.h"
#include "render/lab/vm_disks.h"
#include "render/lab/vm_fields.h"
#include "render/objects/machine_patch.h"

#define TEMPLATE "spec.template.spec."
#define DOMAIN TEMPLATE "domain."
#define VM(member) false, offsetof(struct lab_vm, member)
#define PLACEMENT(member) true, offsetof(struct lab_placement, member)

/* Which field of the language a path of the VirtualMachine is written from. Of two
 * that a path begins with, the later row is the closer one. */
static const struct {
	const char *path;
	bool of_placement;
	size_t offset;
} sources[] = {
	{ "spec.runStrategy", VM(run_strategy) },
	{ "spec.instancetype", VM(instancetype) },
	{ "spec.preference", VM(preference) },
	{ TEMPLATE "hostname", VM(hostname) },
	{ TEMPLATE "subdomain", VM(subdomain) },
	{ TEMPLATE "dnsConfig", VM(dns) },
	{ TEMPLATE "networks", VM(interfaces) },
	{ TEMPLATE "architecture", VM(architecture) },
	{ TEMPLATE "evictionStrategy", VM(eviction_strategy) },
	{ TEMPLATE "terminationGracePeriodSeconds", VM(grace_period) },
	{ TEMPLATE "accessCredentials", VM(access_credentials) },
	{ TEMPLATE "readinessProbe", VM(readiness_probe) },
	{ TEMPLATE "livenessProbe", VM(liveness_probe) },
	{ TEMPLATE "nodeSelector", PLACEMENT(node_selector) },
	{ TEMPLATE "affinity", PLACEMENT(affinity) },
	{ TEMPLATE "tolerations", PLACEMENT(tolerations) },
	{ TEMPLATE "topologySpreadConstraints", PLACEMENT(spread) },
	{ TEMPLATE "topologySpreadConstraints", PLACEMENT(spread_constraints) },
	{ TEMPLATE "priorityClassName", PLACEMENT(priority_class) },
	{ TEMPLATE "schedulerName", PLACEMENT(scheduler) },
	{ DOMAIN "cpu", VM(cpu_topology) },
	{ DOMAIN "cpu.cores", VM(cpu) },
	{ DOMAIN "cpu.model", VM(cpu_model) },
	{ DOMAIN "cpu.features", VM(cpu_features) },
	{ DOMAIN "cpu.dedicatedCpuPlacement", VM(cpu_pin) },
	{ DOMAIN "memory.guest", VM(memory) },
	{ DOMAIN "memory.hugepages", VM(huge_page) },
	{ DOMAIN "firmware", VM(firmware) },
	{ DOMAIN "machine", VM(machine) },
	{ DOMAIN "resources", VM(resources) },
	{ DOMAIN "features", VM(features) },
	{ DOMAIN "clock", VM(timezone) },
	{ DOMAIN "devices.tpm", VM(tpm) },
	{ DOMAIN "devices.interfaces", VM(interfaces) },
	{ DOMAIN "devices.interfaces", VM(ports) },
};

/* What leads to a finding: how much of its path is known to, and where it was written. */
struct lead {
	size_t followed;
	struct place place;
};

static bool begins_with(const char *path, const char *start)
{
	size_t length = strlen(start);

	return strncmp(path, start, length) == 0 && (path[length] == '\0' || strchr(".[", path[length]));
}

static const struct origin *source_origin(const struct lab_vm *vm, size_t row)
{
	if (!sources[row].of_placement)
		return object_origin(&vm_type, vm, sources[row].offset);
	return vm->placement ? object_origin(&placement_type, vm->placement, sources[row].offset) : NULL;
}

static void field_follow(const struct lab_vm *vm, const char *path, struct lead *lead)
{
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		const struct origin *origin = begins_with(path, sources[i].path) ? source_origin(vm, i) : NULL;
		size_t length = strlen(sources[i].path);

		if (origin && origin->place.path && length > lead->followed)
			*lead = (struct lead){ length, origin->place };
	}
}

/* A disk of `disks`, by its name in the rendered list. */
static void disk_follow(const struct lab_vm *vm, const json_t *object, const char *path, struct lead *lead)
{
	static const char start[] = DOMAIN "devices.disks[";
	const json_t *list = json_at(object, "spec", "template", "spec", "domain", "devices", NULL);
	const char *end = begins_with(path, DOMAIN "devices.disks") ? strchr(path, ']') : NULL;
	const char *name;

	if (end == NULL || vm->disks == NULL || strncmp(path, start, strlen(start)) != 0)
		return;
	name = json_text_at(json_array_get(json_object_get(list, "disks"), strtoul(path + strlen(start), NULL, 10)),
			    "name", NULL);
	for (size_t i = 0; name && i < vm->disks->count; i++) {
		const struct lab_disk *disk = vm->disks->items[i];

		if (text_equal(disk->name, name) && (size_t)(end + 1 - path) > lead->followed)
			*lead = (struct lead){ (size_t)(end + 1 - path), vm->disks->places[i] };
	}
}

/* The patch stands over the fields, so of two that lead as far it is the cause. */
static void patch_follow(const struct lab *lab, const struct lab_node *node, const json_t *object, const char *path,
			 struct lead *lead)
{
	size_t followed = 0;
	const struct yaml_node *place;

	if (node->vm->patch == NULL)
		return;
	place = admission_place(node->vm->patch, object, path, &followed);
	if (place && followed >= lead->followed)
		*lead = (struct lead){ followed, { machine_patch_path(lab, node), place->line, place->column } };
}

static struct lead lead_find(const struct lab *lab, const struct lab_node *node, const json_t *object,
			     const char *path)
{
	struct lead lead = { 0 };

	if (!text_equal(json_text_at(object, "kind", NULL), "VirtualMachine"))
		return lead;
	field_follow(node->vm, path, &lead);
	disk_follow(node->vm, object, path, &lead);
	patch_follow(lab, node, object, path, &lead);
	return lead;
}

static void finding_report(const struct lab *lab, const struct lab_node *node, const json_t *object,
			   const struct admission_finding *finding, struct diagnostics *diagnostics)
{
	struct lead lead = lead_find(lab, node, object, finding->path);

	if (lead.place.path)
		diagnostics_add(diagnostics, finding->severity, lead.place.path, lead.place.line, lead.place.column,
				"%s: %s", finding->path, finding->message);
	else
		diagnostics_add(diagnostics, finding->severity, lab->path, node->line, node->column,
				"node \"%s\": %s %s: %s: %s", node->name, json_text_at(object, "kind", NULL),
				json_text_at(object, "metadata", "name", NULL), finding->path, finding->message);
}

bool admission_report(const struct lab *lab, const struct lab_node *node, const json_t *object,
		      struct diagnostics *diagnostics)
{
	cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;

	admission_check(object, &findings);
	if (node->vm->patch)
		admission_check_fields(object, &findings);
	for (size_t i = 0; i < findings.count; i++)
		finding_report(lab, node, object, &findings.items[i], diagnostics);
	return findings.errors == 0;
}
