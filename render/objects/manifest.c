#include "render/objects/manifest.h"

#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "render/admission/admission.h"
#include "render/admission/findings.h"
#include "render/lab/kubernetes_names.h"
#include "render/lab/manifest_data.h"
#include "render/lab/manifest_kinds.h"
#include "render/lab/manifest_metadata.h"
#include "render/objects/empty.h"
#include "render/objects/foreign.h"
#include "render/objects/identity.h"

/* A value of a map of texts: a variable may have given a number. */
static const char *text_of(const struct yaml_node *value)
{
	return value->kind == YAML_NULL ? "" : value->text;
}

static json_t *texts_build(const struct yaml_node *mapping)
{
	json_t *texts = json_object();

	for (size_t i = 0; mapping && mapping->kind == YAML_MAPPING && i < mapping->count; i++)
		json_object_set_new(texts, mapping->pairs[i].key, json_string(text_of(mapping->pairs[i].value)));
	return texts;
}

/* As the server stores it: what it would write another way would seem to have been changed. */
static json_t *binaries_build(const struct yaml_node *mapping)
{
	json_t *binaries = json_object();

	for (size_t i = 0; mapping && mapping->kind == YAML_MAPPING && i < mapping->count; i++) {
		cleanup(free) char *encoded = manifest_base64_new(text_of(mapping->pairs[i].value));

		json_object_set_new(binaries, mapping->pairs[i].key, json_string(encoded ? encoded : ""));
	}
	return binaries;
}

/* What is plain text goes before what is encoded, as in the server. */
static json_t *secret_data_build(const struct yaml_node *root)
{
	const struct yaml_node *plain = yaml_get(root, "stringData");
	json_t *data = binaries_build(yaml_get(root, "data"));

	for (size_t i = 0; plain && plain->kind == YAML_MAPPING && i < plain->count; i++) {
		const char *text = text_of(plain->pairs[i].value);
		cleanup(free) char *encoded = base64_new(text, strlen(text));

		json_object_set_new(data, plain->pairs[i].key, json_string(encoded));
	}
	return data;
}

/* `value` is stolen; nothing when it is empty. */
static void data_set(json_t *object, const char *key, json_t *value)
{
	if (json_object_size(value))
		json_object_set(object, key, value);
	else
		json_object_del(object, key);
	json_decref(value);
}

static void data_take(const struct lab_manifest *manifest, json_t *object)
{
	if (text_equal(manifest->kind->kind, "Secret")) {
		data_set(object, "data", secret_data_build(manifest->root));
		json_object_del(object, "stringData");
	} else if (text_equal(manifest->kind->kind, "ConfigMap")) {
		data_set(object, "data", texts_build(yaml_get(manifest->root, "data")));
		data_set(object, "binaryData", binaries_build(yaml_get(manifest->root, "binaryData")));
	}
}

/* What the author wrote beside name, labels and annotations: finalizers, for one. */
static void metadata_rest_take(const struct yaml_node *metadata, json_t *out)
{
	static const char *const taken[] = { "name", "namespace", "labels", "annotations", NULL };

	for (size_t i = 0; metadata && metadata->kind == YAML_MAPPING && i < metadata->count; i++) {
		const struct yaml_pair *pair = &metadata->pairs[i];
		size_t j = 0;

		while (taken[j] && !text_equal(taken[j], pair->key))
			j++;
		if (taken[j] == NULL && !manifest_metadata_is_foreign(pair->key))
			json_object_set_new(out, pair->key, yaml_to_json_new(pair->value));
	}
}

static json_t *manifest_metadata_build(const struct lab *lab, const struct lab_manifest *manifest)
{
	/* A label's value has less room than some names. */
	const char *subject = is_label_value(manifest->name) ? manifest->name : lab->name;
	json_t *metadata = metadata_build(lab, manifest->name, subject);

	if (manifest->kind->is_cluster_scoped)
		json_object_del(metadata, "namespace");
	foreign_metadata_add(manifest->labels, manifest->annotations, metadata);
	metadata_rest_take(yaml_get(manifest->root, "metadata"), metadata);
	return metadata;
}

json_t *manifest_build(const struct lab *lab, const struct lab_manifest *manifest)
{
	json_t *object = yaml_to_json_new(manifest->root);

	json_object_del(object, "status");
	json_object_set_new(object, "metadata", manifest_metadata_build(lab, manifest));
	data_take(manifest, object);
	empty_drop(object);
	return object;
}

/* Where a finding's path was written; the manifest's name when nothing of it was. */
static struct place place_of(const struct lab *lab, const struct lab_manifest *manifest, const json_t *object,
			     const char *path)
{
	const struct yaml_node *found = admission_place(manifest->root, object, path, NULL);

	return found ? (struct place){ lab->path, found->line, found->column } : manifest->place;
}

/* The machines of a pool are judged field by field, as a VirtualMachine that a person had a hand in is. */
static void pool_check_fields(const json_t *pool, struct admission_findings *findings)
{
	static const char prefix[] = "spec.virtualMachineTemplate.";
	cleanup(admission_findings) struct admission_findings own = ADMISSION_FINDINGS_INIT;
	cleanup(json) json_t *machine = NULL;
	json_t *spec = json_at(pool, "spec", "virtualMachineTemplate", "spec", NULL);
	size_t known;

	if (!json_is_object(spec))
		return;
	machine = json_pack("{s:s, s:s, s:{s:s}, s:O}", "apiVersion", "kubevirt.io/v1", "kind", "VirtualMachine",
			    "metadata", "name", "machine", "spec", spec);
	admission_check(machine, &own);
	known = own.count;
	admission_check_fields(machine, &own);
	for (size_t i = known; i < own.count; i++)
		admission_findings_add(findings, own.items[i].severity,
				       string_format("%s%s", prefix, own.items[i].path),
				       string_copy(own.items[i].message));
}

bool manifest_check(const struct lab *lab, const struct lab_manifest *manifest, const json_t *object,
		    struct diagnostics *diagnostics)
{
	cleanup(admission_findings) struct admission_findings findings = ADMISSION_FINDINGS_INIT;

	admission_check(object, &findings);
	if (text_equal(manifest->kind->kind, "VirtualMachinePool"))
		pool_check_fields(object, &findings);
	for (size_t i = 0; i < findings.count; i++) {
		const struct admission_finding *finding = &findings.items[i];
		struct place place = place_of(lab, manifest, object, finding->path);

		diagnostics_add(diagnostics, finding->severity, place.path, place.line, place.column,
				"%s \"%s\": %s: %s", manifest->kind->kind, manifest->name, finding->path,
				finding->message);
	}
	return findings.errors == 0;
}
