/* One merge as a table row: what Git said before, what it says, what the
 * cluster has, and what is to come of it. */
#pragma once

#include "base/text.h"
#include "sync/fields.h"
#include "sync/merge.h"
#include "tests/unit/sync/quoted_json.h"

#define MACHINE "kubevirt.io/v1 VirtualMachine"
#define DATA_VOLUME "cdi.kubevirt.io/v1beta1 DataVolume"
#define CLAIM "v1 PersistentVolumeClaim"
#define SERVICE "v1 Service"
#define SECRET "v1 Secret"
#define CONFIG_MAP "v1 ConfigMap"
#define DEPLOYMENT "apps/v1 Deployment"
#define ATTACHMENT "k8s.cni.cncf.io/v1 NetworkAttachmentDefinition"

struct merge_case {
	const char *name;
	const char *type; /* "apiVersion kind" */
	const char *base; /* what was applied last, as an object; NULL: nothing was */
	const char *desired, *live;
	const char *patch; /* NULL: none */
	const char *changes; /* "path before -> after (origin, effect)" a line; '-' is absent */
	enum change_origin origin;
};

static inline json_t *typed_json_new(const char *type, const char *text)
{
	cleanup(free) char *version = string_copy_n(type, strcspn(type, " "));
	json_t *value = quoted_json_new(text);

	if (value) {
		json_object_set_new(value, "apiVersion", json_string(version));
		json_object_set_new(value, "kind", json_string(strchr(type, ' ') + 1));
	}
	return value;
}

static inline void changes_write(const struct merge_result *result, struct buffer *out)
{
	static const char *const origins[] = { [CHANGE_GIT] = "git", [CHANGE_DRIFT] = "drift" };
	static const char *const effects[] = {
		[EFFECT_LIVE] = "live", [EFFECT_RESTART] = "restart", [EFFECT_RECREATE] = "recreate"
	};

	for (size_t i = 0; i < result->count; i++) {
		const struct field_change *change = &result->changes[i];

		buffer_format(out, "%s%s %s -> %s (%s, %s)", i > 0 ? "\n" : "", change->path,
			      change->before ? change->before : "-", change->after ? change->after : "-",
			      origins[change->origin], effects[change->effect]);
	}
}

static inline void merge_case_check(const struct merge_case *row)
{
	cleanup(json) json_t *base = typed_json_new(row->type, row->base);
	cleanup(json) json_t *desired = typed_json_new(row->type, row->desired);
	cleanup(json) json_t *live = typed_json_new(row->type, row->live);
	cleanup(json) json_t *live_before = json_deep_copy(live), *desired_before = json_deep_copy(desired);
	cleanup(json) json_t *applied = base ? fields_new_from_object(base) : NULL;
	cleanup(json) json_t *patch = quoted_json_new(row->patch);
	cleanup(merge_result) struct merge_result result = MERGE_RESULT_INIT;
	cleanup(buffer) struct buffer changes = BUFFER_INIT;
	cleanup(free) char *wanted = json_text_new(patch), *found = NULL;

	merge_compute(desired, live, applied, row->origin, &result);
	found = json_text_new(result.patch);
	changes_write(&result, &changes);
	ck_assert_msg(patch == result.patch || json_equal(patch, result.patch), "%s: patch %s, expected %s",
		      row->name, found, wanted);
	ck_assert_msg(text_equal(buffer_text(&changes), row->changes ? row->changes : ""),
		      "%s: changes\n%s\nexpected\n%s", row->name, buffer_text(&changes), row->changes);
	ck_assert_msg(json_equal(live, live_before) && json_equal(desired, desired_before),
		      "%s: the merge changed what it was given", row->name);
}
