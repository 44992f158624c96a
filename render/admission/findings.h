/* Writing findings down: each once, and no more than a person would read. */
#pragma once

#include "render/admission/admission.h"

/* Takes the path and the message over. */
void admission_findings_add(struct admission_findings *findings, enum diagnostic_severity severity, char *path,
			    char *message);
