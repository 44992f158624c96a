#include "render/dialects/kubevirt/instance_fields.h"

#include <stddef.h>

#include "base/text.h"
#include "render/admission/known_fields.h"

static const struct known_field *field_of(const struct known_field *fields, const char *name)
{
	for (; fields->name; fields++)
		if (text_equal(fields->name, name))
			return fields;
	return NULL;
}

bool instance_has_field(const char *name)
{
	const struct known_field *template = field_of(known_machine, "template");
	const struct known_field *spec = field_of(template->fields, "spec");

	return field_of(known_machine, name) == NULL && field_of(spec->fields, name) != NULL;
}
