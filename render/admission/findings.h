/* Writing findings down: each once, and no more than a person would read. */
#pragma once

#include "render/admission/admission.h"

/* Takes the path and the message over. A second fault at a value of the wrong type is not kept. */
void admission_findings_add(struct admission_findings *findings, enum diagnostic_severity severity, char *path,
			    char *message);

/* The same for a value of the wrong JSON type. */
void admission_findings_add_type(struct admission_findings *findings, char *path, char *message);

/* Whether anything was told at the path. */
bool admission_findings_has(const struct admission_findings *findings, const char *path);
