/* A field path from text, for tables: "kubevirt.io/v1 VirtualMachine
 * spec.template.spec.volumes[].name". */
#pragma once

#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "sync/field_path.h"
#include "tests/unit/suite.h"

enum { PATH_STEPS_MAX = 20 };

struct path_text {
	char *version, *kind, *names; /* owned */
	struct object_type type;
	struct field_path steps[PATH_STEPS_MAX];
	const struct field_path *path;
};

static inline void path_text_cleanup(struct path_text *text)
{
	free(text->version);
	free(text->kind);
	free(text->names);
}

static inline void path_text_step(struct path_text *text, size_t *count, const char *name)
{
	ck_assert_uint_lt(*count, PATH_STEPS_MAX);
	text->steps[*count] = name ? field_path_field(&text->steps[*count - 1], name)
				   : field_path_item(&text->steps[*count - 1], "");
	(*count)++;
}

static inline void path_text_init(struct path_text *text, const char *type, const char *path)
{
	cleanup(json) json_t *object = json_object();
	char *rest, *name;
	size_t count = 1;

	text->version = string_copy_n(type, strcspn(type, " "));
	text->kind = string_copy(strchr(type, ' ') + 1);
	text->names = string_copy(path);
	json_object_set_new(object, "apiVersion", json_string(text->version));
	json_object_set_new(object, "kind", json_string(text->kind));
	text->type = object_type_of(object);
	text->type.group = strchr(text->version, '/') ? text->version : "";
	text->type.kind = text->kind;
	text->steps[0] = field_path_object(&text->type);
	for (name = strtok_r(text->names, ".", &rest); name; name = strtok_r(NULL, ".", &rest)) {
		char *brackets = strstr(name, "[]");

		if (brackets)
			*brackets = '\0';
		path_text_step(text, &count, name);
		if (brackets)
			path_text_step(text, &count, NULL);
	}
	text->path = &text->steps[count - 1];
}
