#include "render/objects/admission_report.h"

#include "base/json.h"
#include "base/text.h"
#include "render/admission/admission.h"
#include "render/objects/machine_patch.h"

/* The patch is of the machine alone. */
static const struct yaml_node *patch_place(const struct lab_node *node, const json_t *object, const char *path)
{
	if (node->vm->patch == NULL || !text_equal(json_text_at(object, "kind", NULL), "VirtualMachine"))
		return NULL;
	return admission_place(node->vm->patch, object, path);
}

static void finding_report(const struct lab *lab, const struct lab_node *node, const json_t *object,
			   const struct admission_finding *finding, struct diagnostics *diagnostics)
{
	const struct yaml_node *place = patch_place(node, object, finding->path);

	if (place)
		diagnostics_add(diagnostics, finding->severity, machine_patch_path(lab, node), place->line,
				place->column, "%s: %s", finding->path, finding->message);
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
	for (size_t i = 0; i < findings.count; i++)
		finding_report(lab, node, object, &findings.items[i], diagnostics);
	return findings.errors == 0;
}
