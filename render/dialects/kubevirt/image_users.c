/* Who has disks made of a DataSource: dataVolumeTemplates of machines and pools,
 * and DataVolumes. What is wrong with their documents is told where they stand. */
#include "render/dialects/kubevirt/kubevirt.h"

#include "base/quantity.h"
#include "base/text.h"

struct search {
	const char *namespace_name, *source;
	struct image_user *smallest;
	int64_t size; /* of the smallest, in thousandths of a byte */
	bool found;
};

static bool is_text(const struct yaml_node *value, const char *text)
{
	return value && text_equal(value->text, text);
}

/* `home` is the disk's namespace, which holds for the reference as well when that names none. */
static bool is_made_of(const struct search *search, const char *home, const struct yaml_node *spec)
{
	const struct yaml_node *reference = yaml_get(spec, "sourceRef");
	const struct yaml_node *given = yaml_get(reference, "namespace");

	if (!is_text(yaml_get(reference, "name"), search->source))
		return false;
	return given && given->kind != YAML_NULL ? is_text(given, search->namespace_name)
						 : text_equal(home, search->namespace_name);
}

/* `volume` is a DataVolume or a template of one. */
static void volume_look(struct search *search, const char *home, const struct yaml_node *volume)
{
	static const char *const keys[] = { "pvc", "storage" };
	const struct yaml_node *spec = yaml_get(volume, "spec"),
			       *name = yaml_get(yaml_get(volume, "metadata"), "name");

	if (!is_made_of(search, home, spec))
		return;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const struct yaml_node *claim = yaml_get(spec, keys[i]);
		const struct yaml_node *size =
			yaml_get(yaml_get(yaml_get(claim, "resources"), "requests"), "storage");
		int64_t bytes;

		if (size == NULL || size->text == NULL || !quantity_parse(size->text, &bytes) || bytes <= 0 ||
		    (search->found && bytes >= search->size))
			continue;
		*search->smallest = (struct image_user){ .claim = claim,
							 .key = keys[i],
							 .size = size->text,
							 .name = name && name->text ? name->text : "" };
		search->size = bytes;
		search->found = true;
	}
}

/* Templates of a machine's or pool's disks; a DataVolume has none. */
static const struct yaml_node *templates_of(const struct fact *document)
{
	const struct yaml_node *spec = document->spec;

	if (text_equal(document->kind->name, KIND_POOL))
		spec = yaml_get(yaml_get(spec, "virtualMachineTemplate"), "spec");
	return yaml_get(spec, "dataVolumeTemplates");
}

static void document_look(struct search *search, const struct fact *document)
{
	const struct yaml_node *templates = templates_of(document);

	if (text_equal(document->kind->name, KIND_DATA_VOLUME))
		volume_look(search, document->namespace_name, document->root);
	for (size_t i = 0; templates && templates->kind == YAML_SEQUENCE && i < templates->count; i++)
		volume_look(search, document->namespace_name, templates->items[i]);
}

static void source_note(const struct fact *document, struct facts *facts, const struct yaml_node *volume)
{
	facts_note_saying(facts, document, yaml_get(yaml_get(yaml_get(volume, "spec"), "sourceRef"), "name"));
}

void image_user_say_names(const struct fact *document, struct facts *facts)
{
	const struct yaml_node *templates = templates_of(document);

	if (text_equal(document->kind->name, KIND_DATA_VOLUME))
		source_note(document, facts, document->root);
	for (size_t i = 0; templates && templates->kind == YAML_SEQUENCE && i < templates->count; i++)
		source_note(document, facts, templates->items[i]);
}

bool image_user_find(const struct translation *translation, const char *source, struct image_user *smallest)
{
	static const char *const kinds[] = { KIND_DATA_VOLUME, KIND_MACHINE, KIND_POOL };
	struct search search = { .namespace_name = translation->namespace_name,
				 .source = source,
				 .smallest = smallest };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const struct fact *document;
		size_t at = 0;

		/* Of all namespaces: a sourceRef may name another one. */
		while ((document =
				facts_next_saying(translation->facts, KUBEVIRT_DIALECT, kinds[i], NULL, source, &at)))
			document_look(&search, document);
	}
	return search.found;
}
