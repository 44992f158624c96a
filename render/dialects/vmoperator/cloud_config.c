#include "render/dialects/vmoperator/cloud_config.h"

#include "base/text.h"
#include "render/dialects/vmoperator/secrets.h"

/* The text that stands for {name, key}; NULL after it told what is wrong. */
static struct yaml_node *secret_text(struct machine *machine, const struct yaml_node *selector, const char *field)
{
	const struct yaml_node *name = yaml_get(selector, "name"), *key = yaml_get(selector, "key");
	const char *value = NULL;
	enum secret_outcome outcome;

	if (name == NULL || name->kind != YAML_STRING || key == NULL || key->kind != YAML_STRING) {
		reader_refuse(machine->reader, selector, "%s must be {name: SECRET, key: KEY}", field);
		return NULL;
	}
	outcome = vsphere_secret_value(machine->translation, "Secret", name->text, key->text, &value);
	if (outcome == SECRET_FOUND)
		return tree_text(machine->arena, selector, value);
	reader_refuse(
		machine->reader, selector,
		outcome == SECRET_ABSENT
			? "Secret %s is not in the repository, so that %s cannot be taken from it; add it, or use "
			  "rawCloudConfig"
			: "Secret %s has no key %s with a text; add it",
		reader_quote(machine->reader, name->text),
		outcome == SECRET_ABSENT ? field : reader_quote(machine->reader, key->text));
	return NULL;
}

static void selector_replace(struct machine *machine, struct yaml_node *entry, const char *field)
{
	const struct yaml_node *selector = yaml_get(entry, field);

	if (selector && selector->kind == YAML_MAPPING)
		tree_set(machine->arena, entry, field, secret_text(machine, selector, field));
}

/* Entries of a list with what they take from Secrets in place. */
static struct yaml_node *entries_build(struct machine *machine, const struct yaml_node *entries,
				       const char *const *fields)
{
	struct yaml_node *list = tree_list(machine->arena, entries);

	for (size_t i = 0; i < entries->count; i++) {
		struct yaml_node *entry = entries->items[i];

		if (entry->kind == YAML_MAPPING) {
			entry = tree_copy(machine->arena, entry);
			for (const char *const *field = fields; *field; field++)
				selector_replace(machine, entry, *field);
		}
		tree_append(machine->arena, list, entry);
	}
	return list;
}

static void entries_replace(struct machine *machine, struct yaml_node *config, const char *key,
			    const char *const *fields)
{
	const struct yaml_node *entries = yaml_get(config, key);

	if (entries && entries->kind == YAML_SEQUENCE)
		tree_set(machine->arena, config, key, entries_build(machine, entries, fields));
}

/* cloud-init drops the image's own user where others are listed, unless it is listed, too. */
static void default_user_add(struct machine *machine, struct yaml_node *config, const struct yaml_node *wanted)
{
	const struct yaml_node *users = yaml_get(config, "users");
	struct yaml_node *list;

	if (wanted == NULL || wanted->kind == YAML_NULL)
		return;
	if (wanted->kind != YAML_BOOLEAN) {
		reader_refuse(machine->reader, wanted, "defaultUserEnabled must be true or false");
		return;
	}
	if (!wanted->boolean)
		return;
	list = tree_list(machine->arena, wanted);
	tree_append(machine->arena, list, tree_text(machine->arena, wanted, "default"));
	for (size_t i = 0; users && users->kind == YAML_SEQUENCE && i < users->count; i++)
		tree_append(machine->arena, list, users->items[i]);
	tree_set(machine->arena, config, "users", list);
}

struct yaml_node *cloud_config_build(struct machine *machine, const struct yaml_node *config,
				     const struct yaml_node *at)
{
	static const char *const user_fields[] = { "passwd", "hashed_passwd", NULL };
	static const char *const file_fields[] = { "content", NULL };
	struct yaml_node *built = tree_mapping(machine->arena, config ? config : at);

	for (size_t i = 0; config && i < config->count; i++)
		if (!text_equal(config->pairs[i].key, "defaultUserEnabled")) {
			tree_set(machine->arena, built, config->pairs[i].key, config->pairs[i].value);
			built->pairs[built->count - 1].line = config->pairs[i].line;
			built->pairs[built->count - 1].column = config->pairs[i].column;
		}
	entries_replace(machine, built, "users", user_fields);
	entries_replace(machine, built, "write_files", file_fields);
	default_user_add(machine, built, yaml_get(config, "defaultUserEnabled"));
	return built;
}
