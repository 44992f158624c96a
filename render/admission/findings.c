#include "render/admission/findings.h"

#include "base/text.h"

void admission_findings_deinit(struct admission_findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		free(findings->items[i].path);
		free(findings->items[i].message);
	}
	free(findings->items);
	*findings = (struct admission_findings)ADMISSION_FINDINGS_INIT;
}

/* Two rules that read the same field find the same fault in it. */
static bool is_known(const struct admission_findings *findings, const char *path, const char *message)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct admission_finding *finding = &findings->items[i];

		if (text_equal(finding->path, path) && (finding->of_type || text_equal(finding->message, message)))
			return true;
	}
	return false;
}

bool admission_findings_has(const struct admission_findings *findings, const char *path)
{
	for (size_t i = 0; i < findings->count; i++) {
		if (text_equal(findings->items[i].path, path))
			return true;
	}
	return false;
}

static void add(struct admission_findings *findings, enum diagnostic_severity severity, bool of_type, char *path,
		char *message)
{
	cleanup(free) char *owned_path = path;
	cleanup(free) char *owned_message = text_printable(message, TEXT_ONE_LINE);

	free(message);
	if (is_known(findings, owned_path, owned_message))
		return;
	findings->errors += severity == DIAGNOSTIC_ERROR;
	if (findings->count == ADMISSION_FINDINGS_MAX) {
		findings->dropped++;
		return;
	}
	memory_grow(&findings->items, findings->count, &findings->capacity, sizeof(*findings->items));
	findings->items[findings->count++] = (struct admission_finding){
		.severity = severity,
		.path = steal(&owned_path),
		.message = steal(&owned_message),
		.of_type = of_type,
	};
}

void admission_findings_add(struct admission_findings *findings, enum diagnostic_severity severity, char *path,
			    char *message)
{
	add(findings, severity, false, path, message);
}

void admission_findings_add_type(struct admission_findings *findings, char *path, char *message)
{
	add(findings, DIAGNOSTIC_ERROR, true, path, message);
}
