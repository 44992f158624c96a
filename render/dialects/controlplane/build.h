/* Steps of making a vm node of a workload. Each adds its part to build->vm, or objects
 * beside it; what is wrong goes to the reader. */
#pragma once

#include "render/dialects/controlplane/documents.h"
#include "render/dialects/translation.h"

struct workload_build {
	struct translation *translation;
	struct reader *reader;
	struct arena *arena;
	const struct fact *document;
	const char *name; /* of the workload and of the node; the VMs are NAME-1, NAME-2, ... */
	const char *gvc; /* NULL: not said */
	const struct workload_spec *spec;
	const struct workload_container *container;
	const struct guest *guest;
	struct yaml_node *vm; /* the node's mapping; of no Lab when there are no replicas */
	int64_t replicas;
};

#define LABEL_WORKLOAD "cpln.io/workload"
#define LABEL_GVC "cpln.io/gvc"
#define LABEL_SUBDOMAIN "cpln.io/subdomain"

enum { SSH_PORT = 22 };

/* --- the steps, in their order --- */

bool scale_settle(struct workload_build *build); /* sets replicas; false after it told what is wrong */
void scale_give(struct workload_build *build);
void machine_give(struct workload_build *build);
void boot_disk_give(struct workload_build *build);
void volumes_give(struct workload_build *build);
void probes_give(struct workload_build *build);
void init_give(struct workload_build *build);
void access_give(struct workload_build *build);
void placement_give(struct workload_build *build);
void service_add(struct workload_build *build);
void firewall_add(struct workload_build *build);

/* --- what they have in common --- */

/* A member of an object that a table filled. */
struct given {
	const struct value_type *type;
	const void *object;
	size_t offset;
};

#define GIVEN(of_type, from, member)                                                                                 \
	(&(const struct given){ &(of_type), (from), offsetof(__typeof__(*(from)), member) })

/* Where it was written, for trees; the object's own place when it was not. */
const struct yaml_node *given_place(const struct workload_build *build, const struct given *given);

/* Sets `key` of `target` to what was given, of that kind; nothing when it was not. */
void give_text(const struct workload_build *build, struct yaml_node *target, const char *key,
	       const struct given *given);
void give_number(const struct workload_build *build, struct yaml_node *target, const char *key,
		 const struct given *given);
void give_boolean(const struct workload_build *build, struct yaml_node *target, const char *key,
		  const struct given *given);

/* An entry of the VM's labels and annotations. */
void give_label(const struct workload_build *build, const char *key, const char *value);
void give_annotation(const struct workload_build *build, const char *key, const struct yaml_node *value);

/* A Kubernetes object with apiVersion, kind and name, to be filled and added. */
struct yaml_node *object_new(struct arena *arena, const struct yaml_node *at, const char *version, const char *kind,
			     const char *name);

/* The workloads of the namespace with a subdomain or a link to a volume set, by their names: the first for *at 0, then those
 * after it; NULL when there are no more. */
const struct fact *workload_next(const struct workload_build *build, const char *shared, size_t *at);

/* The first port of the container; 0: there is none. */
int64_t first_port(const struct workload_build *build);

/* The name behind a link such as cpln://secret/NAME, //secret/NAME or /org/ORG/secret/NAME: what follows `kind` in it. *before
 * is the part between, like "gvc/NAME/". NULL after it told what is wrong at `place`. */
struct link {
	const char *before; /* "" or "gvc/NAME/" */
	const char *name;
};
bool link_read(const struct workload_build *build, const struct place *place, const char *text, const char *kind,
	       struct link *link);

/* The Secret behind a link; NULL after it told what is wrong. *document is NULL when the repository has none. */
const char *link_secret(const struct workload_build *build, const struct place *place, const char *text,
			const struct fact **document);

/* What a volume set's disks are made like. False after it told what is missing at `place`. */
struct volume_plan {
	const char *size;
	const char *storage_class; /* NULL: the cluster's default */
};
bool volume_set_find(const struct workload_build *build, const struct place *place, const char *name,
		     struct volume_plan *plan);
