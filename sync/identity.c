#include "sync/identity.h"

#include <string.h>

#include "base/digest.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

const char *object_name(const json_t *object)
{
	const char *name = json_text_at(object, "metadata", "name", NULL);

	return name ? name : "";
}

const char *object_namespace(const json_t *object)
{
	const char *name = json_text_at(object, "metadata", "namespace", NULL);

	return name ? name : "";
}

const char *object_annotation(const json_t *object, const char *name)
{
	return json_text_at(object, "metadata", "annotations", name, NULL);
}

const char *object_label(const json_t *object, const char *name)
{
	return json_text_at(object, "metadata", "labels", name, NULL);
}

json_t *object_deletion_build(const json_t *object, const char *propagation)
{
	return json_pack("{s:s, s:s, s:s*, s:{s:s*, s:s*}}", "apiVersion", "v1", "kind", "DeleteOptions",
			 "propagationPolicy", propagation, "preconditions", "uid",
			 json_text_at(object, "metadata", "uid", NULL), "resourceVersion",
			 json_text_at(object, "metadata", "resourceVersion", NULL));
}

char *identity_owner_new(const struct identity *identity, const struct kind *kind, const char *namespace_name,
			 const char *name)
{
	if (kind->is_cluster_wide)
		namespace_name = identity->namespace_name;
	return string_format("%s/%s/%s/%s/%s/%s/%s", identity->cluster, identity->source, identity->lab, kind->group,
			     kind->name, namespace_name, name);
}

bool identity_owns(const struct identity *identity, const struct kind *kind, const json_t *live)
{
	cleanup(free) char *owner = identity_owner_new(identity, kind, object_namespace(live), object_name(live));

	return text_equal(owner, object_annotation(live, ANNOTATION_OWNER));
}

bool identity_shares_source(const struct identity *identity, const json_t *live)
{
	cleanup(free) char *prefix = string_format("%s/%s/", identity->cluster, identity->source);
	const char *owner = object_annotation(live, ANNOTATION_OWNER);

	return owner && text_starts_with(owner, prefix);
}

char *identity_parent_name_new(const char *lab)
{
	return string_format("labsync-%s", lab);
}

char *identity_applyset_id_new(const char *lab, const char *namespace_name)
{
	cleanup(free) char *subject = string_format("labsync-%s.%s.ConfigMap.", lab, namespace_name);
	uint8_t digest[SHA256_SIZE];
	cleanup(free) char *text = NULL;

	sha256(subject, strlen(subject), digest);
	text = base64_new(digest, sizeof(digest));
	for (char *c = text; *c; c++)
		*c = *c == '+' ? '-' : *c == '/' ? '_' : *c;
	text[strcspn(text, "=")] = '\0';
	return string_format("applyset-%s-v1", text);
}
