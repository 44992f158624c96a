#include "render/admission/rules.h"

#include <string.h>

static bool volume_stands_for(const struct place *volume, const char *name)
{
	static const struct {
		const char *source, *key;
	} rows[] = { { "dataVolume", "name" }, { "persistentVolumeClaim", "claimName" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct place source = place_object(volume, rows[i].source);
		const char *text = place_text(&source, rows[i].key);

		if (text && strcmp(text, name) == 0)
			return true;
	}
	return false;
}

/* A13 */
static void is_used(const struct machine_view *machine, const struct place *metadata, const char *name)
{
	for (size_t i = 0; i < place_count(&machine->volumes); i++) {
		struct place volume = place_item_any(&machine->volumes, i);

		if (volume_stands_for(&volume, name))
			return;
	}
	refuse_at(metadata, "name", "no volume uses the template %.63s; add one with dataVolume.name, or drop it",
		  name);
}

/* A14 */
static void is_in_namespace(const struct place *metadata, const struct place *owner)
{
	struct place of_machine = place_object(owner, "metadata");
	const char *home = place_text(&of_machine, "namespace");
	const char *other = place_text(metadata, "namespace");

	if (home && other && strcmp(home, other) != 0)
		refuse_at(metadata, "namespace",
			  "the machine is in namespace %.63s, and so are its volumes; drop this", home);
}

void rules_data_volume_templates(const struct machine_view *machine, const struct place *owner)
{
	struct place list = place_list(&machine->spec, "dataVolumeTemplates");

	for (size_t i = 0; i < place_count(&list); i++) {
		struct place item = place_item(&list, i);
		struct place metadata = place_object(&item, "metadata");
		const char *name = place_text(&metadata, "name");

		if (!place_is_given(&item))
			continue;
		if (name == NULL)
			refuse_at(&metadata, "name", "a template of a volume needs a name; give metadata.name");
		else
			is_used(machine, &metadata, name);
		is_in_namespace(&metadata, owner);
		rules_data_volume_spec(&item);
	}
}
