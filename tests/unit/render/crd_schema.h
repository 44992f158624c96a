/* Objects against the schema of their CustomResourceDefinition. */
#pragma once

#include "render/admission/admission.h"

/* Fields of `object` that the schema does not know, and values of a type or
 * outside the enumeration that it names: what a server with strict field
 * validation refuses. `crd_schema` is an openAPIV3Schema, as a
 * CustomResourceDefinition has it under spec.versions[].schema. */
void crd_schema_check(const json_t *object, const json_t *crd_schema, struct admission_findings *findings);
