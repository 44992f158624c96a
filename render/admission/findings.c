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
		if (text_equal(findings->items[i].path, path) && text_equal(findings->items[i].message, message))
			return true;
	}
	return false;
}

void admission_findings_add(struct admission_findings *findings, enum diagnostic_severity severity, char *path,
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
	};
}
