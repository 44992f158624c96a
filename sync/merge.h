/* Three-way keyed merge of one object (DESIGN: base = the field set that we
 * applied last, theirs = live, ours = desired). Pure: values in, values out.
 *
 *   base  desired  live              outcome
 *   -     set      differs, absent   set
 *   set   absent   present           remove
 *   -     absent   present           leave: it is someone else's
 *   set   set      differs           set again (Git changed it, or drift) */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum change_origin {
	CHANGE_GIT, /* Git's value changed, or is new */
	CHANGE_DRIFT /* Git's value did not change; someone changed the cluster's */
};

/* What it takes for a running VM to see the change (KubeVirt's rules). */
enum change_effect { EFFECT_LIVE, EFFECT_RESTART, EFFECT_RECREATE };

struct field_change {
	char *path; /* "spec.template.spec.domain.cpu.cores"; list items by key: "disks[name=root].disk.bus" */
	char *before; /* short text of the live value; NULL when it was absent */
	char *after; /* short text of the wanted value; NULL when it is removed */
	enum change_origin origin;
	enum change_effect effect;
};

struct merge_result {
	json_t *patch; /* JSON merge patch (RFC 7386) for the live object; NULL when nothing is to be done */
	struct field_change *changes;
	size_t count, capacity;
};

#define MERGE_RESULT_INIT                                                                                            \
	{                                                                                                            \
		.patch = NULL                                                                                        \
	}

void merge_result_deinit(struct merge_result *result);
static inline void merge_result_cleanup(struct merge_result *result)
{
	merge_result_deinit(result);
}

/* Computes what makes `live` hold what `desired` says.
 *
 * `applied` is the FieldsV1 set of the last write (from fields_new_from_object()),
 * NULL when there was none. `origin` is what a differing field that both `applied` and `desired`
 * hold is reported as; the caller knows whether Git's object changed. Lists that the API leaves
 * atomic but that have a key by nature merge by it (sync/list_keys.h); the patch then holds the
 * whole resulting list. Values compare by meaning: quantities, unset = empty.
 * apiVersion, kind, metadata.name, metadata.namespace and status are never
 * changed. Values below `data` and `stringData` of a Secret never appear in
 * the texts ("(secret)" instead). */
void merge_compute(const json_t *desired, const json_t *live, const json_t *applied, enum change_origin origin,
		   struct merge_result *result);
