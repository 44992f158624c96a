#include "render/admission/rules.h"
#include "render/admission/words.h"

#include <string.h>

static const int64_t least_size = 1024LL * 1024 * 1000; /* 1 MiB, in thousandths */

/* Where the size of a clone may be left to what it is cloned from. */
static bool is_clone(const struct place *spec)
{
	struct place source = place_object(spec, "source");

	return place_has(spec, "sourceRef") || place_has(&source, "pvc") || place_has(&source, "snapshot");
}

/* A107 */
static void size(const struct place *spec, const struct place *storage)
{
	struct place resources = place_object(storage, "resources");
	struct place requests = place_object(&resources, "requests");
	int64_t bytes;

	if (!place_has(&requests, "storage")) {
		if (strcmp(storage->key, "storage") != 0 || !is_clone(spec))
			refuse_at(&requests, "storage", "the volume's size is missing; give one, such as 10Gi");
		return;
	}
	if (place_quantity(&requests, "storage", &bytes) && bytes < least_size)
		refuse_at(&requests, "storage", "a volume has at least 1Mi; give a larger size");
}

/* A108 */
static void access_modes(const struct place *storage)
{
	static const char *const modes[] = { "ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod",
					     NULL };
	struct place list = place_list(storage, "accessModes");
	size_t count = json_array_size(list.value);

	if (place_is_given(storage) && strcmp(storage->key, "pvc") == 0 && count != 1)
		refuse(&list, "pvc has exactly one access mode; give one, such as ReadWriteOnce");
	for (size_t i = 0; i < place_count(&list); i++) {
		struct place mode = place_item_any(&list, i);
		const char *text = json_string_value(mode.value);

		if (text == NULL || !word_is_among(text, modes))
			refuse(&mode,
			       "\"%.60s\" is no access mode; use ReadWriteOnce, ReadOnlyMany, ReadWriteMany or "
			       "ReadWriteOncePod",
			       text ? text : "");
	}
}

static void storage_class(const struct place *storage)
{
	static const char *const modes[] = { "Block", "Filesystem", NULL };
	const char *name = place_text(storage, "storageClassName");

	if (name && !word_is_dns_subdomain(name))
		refuse_at(storage, "storageClassName",
			  "\"%.80s\" cannot be a storage class; use lower-case letters, digits, dashes and dots",
			  name);
	refuse_other_words(storage, "volumeMode", modes, WORDS_EMPTY_IS_WRONG);
}

/* A107, A108. The storage that is given, or the place where it should stand. */
static struct place storage(const struct place *spec)
{
	struct place claim = place_object(spec, "pvc"), plain = place_object(spec, "storage");
	struct place chosen = place_is_given(&claim) ? claim : plain;

	if (place_is_given(&claim) && place_is_given(&plain))
		refuse(&claim, "pvc and storage exclude each other; keep storage");
	if (!place_is_given(&claim) && !place_is_given(&plain)) {
		refuse(&plain, "a volume needs its storage; give storage.resources.requests.storage");
		return chosen;
	}
	size(spec, &chosen);
	access_modes(&chosen);
	storage_class(&chosen);
	return chosen;
}

/* A109: what populates the claim from outside of CDI */
static void outside_source(const struct place *source)
{
	const char *kind = place_text(source, "kind");

	if (!place_is_given(source))
		return;
	if (!place_has(source, "name"))
		refuse_at(source, "name", "%s needs a name; give it", source->key);
	if (kind == NULL)
		refuse_at(source, "kind", "%s needs a kind; give it", source->key);
	if (kind && strcmp(kind, "PersistentVolumeClaim") != 0 && !place_has(source, "apiGroup"))
		refuse_at(source, "apiGroup", "%s needs the API group of its kind; give apiGroup", source->key);
	if (strcmp(source->key, "dataSourceRef") == 0 && place_has(source, "namespace"))
		refuse_at(source, "namespace", "dataSourceRef cannot name another namespace; drop it");
}

/* A109. True when the source is CDI's business. */
static bool source_is_inside(const struct place *spec, const struct place *storage_place)
{
	struct place reference = place_object(storage_place, "dataSourceRef");
	struct place local = place_object(storage_place, "dataSource");
	bool has_source = place_has(spec, "source"), has_reference = place_has(spec, "sourceRef");

	if (!place_is_given(&reference) && !place_is_given(&local)) {
		if (has_source && has_reference)
			refuse_at(spec, "sourceRef", "source and sourceRef exclude each other; keep one");
		else if (!has_source && !has_reference)
			refuse_at(spec, "source", "a volume needs its source; give one, such as blank: {}");
		return true;
	}
	if (has_source || has_reference)
		refuse_at(spec, has_source ? "source" : "sourceRef",
			  "%s.dataSource fills the volume already; drop one of the two", storage_place->key);
	if (place_is_given(&reference) && place_is_given(&local) && !json_equal(reference.value, local.value))
		refuse(&reference, "dataSource and dataSourceRef differ; keep one");
	outside_source(&reference);
	outside_source(&local);
	return false;
}

/* A110 */
static void source_reference(const struct place *spec)
{
	static const char *const kinds[] = { "DataSource", NULL };
	struct place reference = place_object(spec, "sourceRef");

	if (!place_is_given(&reference))
		return;
	if (!place_has(&reference, "kind"))
		refuse_at(&reference, "kind", "sourceRef needs a kind; use DataSource");
	refuse_other_words(&reference, "kind", kinds, WORDS_EMPTY_IS_UNSET);
	if (!place_has(&reference, "name"))
		refuse_at(&reference, "name", "sourceRef needs a name; give it");
}

/* A112 */
static void content_type(const struct place *spec)
{
	static const char *const types[] = { "kubevirt", "archive", NULL };
	struct place source = place_object(spec, "source");
	const char *type = place_text(spec, "contentType");

	refuse_other_words(spec, "contentType", types, WORDS_EMPTY_IS_UNSET);
	if (type && strcmp(type, "archive") == 0 && place_has(&source, "blank"))
		refuse_at(spec, "contentType", "an archive cannot be blank; use kubevirt, or give a source");
}

void rules_data_volume_spec(const struct place *owner)
{
	struct place spec = place_object(owner, "spec");
	struct place source = place_object(&spec, "source");
	struct place storage_place;

	if (!place_is_given(&spec)) {
		refuse(&spec, "a volume needs a spec; give source and storage");
		return;
	}
	storage_place = storage(&spec);
	if (!source_is_inside(&spec, &storage_place))
		return;
	source_reference(&spec);
	content_type(&spec);
	if (place_is_given(&source))
		rules_data_volume_source(&source, place_text(&spec, "contentType"));
}

/* A106 */
static void name(const struct place *root)
{
	struct place metadata = place_object(root, "metadata");
	const char *text = place_text(&metadata, "name");

	if (text && !word_is_dns_subdomain(text))
		refuse_at(
			&metadata, "name",
			"\"%.80s\" cannot be a volume's name; use at most 253 lower-case letters, digits, dashes and "
			"dots",
			text);
}

void admission_check_data_volume(const json_t *volume, struct admission_findings *findings)
{
	struct place root = place_root(volume, findings);

	if (!place_is_given(&root))
		return;
	name(&root);
	rules_data_volume_spec(&root);
}
