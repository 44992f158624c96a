#include "render/objects/own_init.h"

#include "base/arena.h"
#include "base/memory.h"
#include "render/yaml/yaml.h"

struct own_text own_init_text(const struct lab_own_init *own)
{
	if (own == NULL)
		return (struct own_text){ 0 };
	if (own->file)
		return (struct own_text){ own->file->text, own->file->length };
	if (own->user_data && own->user_data->kind == YAML_STRING)
		return (struct own_text){ own->user_data->text, own->user_data->length };
	return (struct own_text){ 0 };
}

bool own_init_refuse(const struct lab *lab, const struct lab_own_init *own, struct error *err, const char *format,
		     ...)
{
	const struct place *place = &own->settings.place;
	size_t line = own->user_data ? own->user_data->line : place->line;
	size_t column = own->user_data ? own->user_data->column : place->column;
	cleanup(free) char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = string_vformat(format, arguments);
	va_end(arguments);
	return error_set_at(err, place->path ? place->path : lab->path, line, column, "%s", message);
}

/* Lines of a file are its own; those of text inside a lab are told in words,
 * since how the YAML around it was folded is not known here. */
static json_t *text_refuse(const struct lab *lab, const struct lab_own_init *own, const char *what,
			   const struct diagnostics *diagnostics, struct error *err)
{
	const struct diagnostic *found = diagnostics->count > 0 ? &diagnostics->items[0] : NULL;

	if (own->file)
		error_set_at(err, own->file->path, found ? found->line : 1, found ? found->column : 1, "%s: %s", what,
			     found ? found->message : "it must be a mapping");
	else if (found)
		own_init_refuse(lab, own, err, "%s, line %zu: %s", what, found->line, found->message);
	else
		own_init_refuse(lab, own, err, "%s must be a mapping", what);
	return NULL;
}

static json_t *text_mapping_new(const struct lab *lab, const struct lab_own_init *own, const char *what,
				const struct own_text *text, struct error *err)
{
	cleanup(arena) struct arena arena = ARENA_INIT;
	cleanup(diagnostics) struct diagnostics diagnostics = DIAGNOSTICS_INIT;
	struct yaml_documents documents = { 0 };

	if (!yaml_parse(&arena, "", text->text, text->length, &documents, &diagnostics))
		return text_refuse(lab, own, what, &diagnostics, err);
	if (documents.count == 0)
		return json_object();
	if (documents.count > 1 || documents.roots[0]->kind != YAML_MAPPING)
		return text_refuse(lab, own, what, &diagnostics, err);
	return yaml_to_json_new(documents.roots[0]);
}

json_t *own_init_mapping_new(const struct lab *lab, const struct lab_own_init *own, const char *what,
			     struct error *err)
{
	struct own_text text = own_init_text(own);

	if (text.text)
		return text_mapping_new(lab, own, what, &text, err);
	if (own == NULL || own->user_data == NULL || own->user_data->kind == YAML_NULL)
		return json_object();
	if (own->user_data->kind == YAML_MAPPING)
		return yaml_to_json_new(own->user_data);
	own_init_refuse(lab, own, err, "%s must be a mapping or text", what);
	return NULL;
}
