/* The kinds of objects that labsync writes: one table. Adding a kind is adding
 * a row. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Objects are written wave by wave and removed in reverse order (DESIGN section 6). */
enum wave {
	WAVE_NAMESPACES,
	WAVE_CONFIGURATION,
	WAVE_DISKS,
	WAVE_MACHINES,
	WAVE_SNAPSHOTS,
	WAVE_SERVICES,
	WAVE_COUNT
};

struct kind {
	const char *group; /* "" for the core group */
	const char *version, *plural, *name;
	const char *provider; /* what serves it where a bare cluster does not; NULL: every cluster does */
	enum wave wave;
	bool is_disk; /* holds a person's data: kept when the lab or node goes */
	bool is_replaceable; /* holds nothing of its own: made anew for what Git says and it cannot become */
	bool is_cluster_wide; /* in no namespace */
	bool is_shared; /* others keep things in it: taken over from nobody's hands, and never deleted */
	bool is_occasional; /* few labs have one: listed only when one is wanted or was made */
	bool has_health; /* how it is doing changes by itself */
};

enum { KIND_COUNT = 20 };

const struct kind *kind_at(size_t index);
size_t kind_index(const struct kind *kind);
/* NULL when it is none of ours. */
const struct kind *kind_find(const char *group, const char *name);
const struct kind *kind_of_object(const json_t *object);

/* Some of the kinds. */
struct kind_set {
	bool has[KIND_COUNT];
};

/* The kind of plain files, which is also that of the labs' parents. */
bool kind_is_config_map(const struct kind *kind);

/* "apps/v1", "v1". The caller frees. */
char *kind_api_version_new(const struct kind *kind);
/* "VirtualMachine.kubevirt.io", "Secret": as in KEP-3659's contains-group-kinds. The caller frees. */
char *kind_group_kind_new(const struct kind *kind);
/* Where an object of this kind is that belongs to a lab in this namespace: there, or in none (""). */
const char *kind_namespace(const struct kind *kind, const char *lab_namespace);
/* "/apis/apps/v1/namespaces/x/deployments[/name]"; NULL namespace: of all; NULL name: the collection. Of a kind that is
 * cluster-wide the namespace is not looked at. The caller frees. */
char *kind_path_new(const struct kind *kind, const char *namespace_name, const char *name);
