#include "sync/operation.h"

#include <string.h>

#include "base/buffer.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "sync/condition.h"
#include "sync/identity.h"

enum { DIGEST_LENGTH = 12, OBJECT_NAME_MAX = 54 /* with "-" and the run it is a DNS label */ };

#define MACHINES "virtualmachines"
#define INSTANCES "virtualmachineinstances"

enum seen_on { ON_NOTHING, ON_MACHINE, ON_INSTANCE, ON_OBJECT };

static const struct operation_row {
	const char *resource, *verb; /* the subresource; NULL: an object is made */
	const char *group, *version, *plural, *kind; /* the object */
	enum seen_on seen_on; /* where its end shows */
	bool needs_no_machine, needs_no_rest, is_not_about_power;
} rows[] = {
	[OPERATION_START] = { .resource = MACHINES, .verb = "start", .seen_on = ON_MACHINE },
	[OPERATION_STOP] = { .resource = MACHINES, .verb = "stop", .seen_on = ON_MACHINE, .needs_no_rest = true },
	[OPERATION_RESTART] = { .resource = MACHINES, .verb = "restart", .seen_on = ON_INSTANCE },
	[OPERATION_SOFT_REBOOT] = { .resource = INSTANCES, .verb = "softreboot" },
	[OPERATION_RESET] = { .resource = INSTANCES, .verb = "reset" },
	[OPERATION_PAUSE] = { .resource = INSTANCES, .verb = "pause", .seen_on = ON_MACHINE },
	[OPERATION_UNPAUSE] = { .resource = INSTANCES,
				.verb = "unpause",
				.seen_on = ON_MACHINE,
				.needs_no_rest = true },
	[OPERATION_MIGRATE] = { .group = "kubevirt.io",
				.version = "v1",
				.plural = "virtualmachineinstancemigrations",
				.kind = "VirtualMachineInstanceMigration",
				.seen_on = ON_OBJECT },
	[OPERATION_EVICT] = { .group = "kubevirt.io",
			      .version = "v1",
			      .plural = "virtualmachineinstancemigrations",
			      .kind = "VirtualMachineInstanceMigration",
			      .seen_on = ON_OBJECT },
	[OPERATION_SNAPSHOT] = { .group = "snapshot.kubevirt.io",
				 .version = "v1beta1",
				 .plural = "virtualmachinesnapshots",
				 .kind = "VirtualMachineSnapshot",
				 .seen_on = ON_OBJECT,
				 .is_not_about_power = true },
	[OPERATION_RESTORE] = { .group = "snapshot.kubevirt.io",
				.version = "v1beta1",
				.plural = "virtualmachinerestores",
				.kind = "VirtualMachineRestore",
				.seen_on = ON_OBJECT,
				.needs_no_machine = true,
				.needs_no_rest = true,
				.is_not_about_power = true },
	[OPERATION_CLONE] = { .group = "clone.kubevirt.io",
			      .version = "v1beta1",
			      .plural = "virtualmachineclones",
			      .kind = "VirtualMachineClone",
			      .seen_on = ON_OBJECT,
			      .is_not_about_power = true },
};

enum operation_way operation_way(enum operation_type type)
{
	return rows[type].verb ? OPERATION_BY_SUBRESOURCE : OPERATION_BY_OBJECT;
}

bool operation_needs_machine(enum operation_type type)
{
	return !rows[type].needs_no_machine;
}

bool operation_waits_for_rest(enum operation_type type)
{
	return !rows[type].needs_no_rest;
}

bool operation_is_seen_on_instance(enum operation_type type)
{
	return rows[type].seen_on == ON_INSTANCE;
}

bool operation_is_about_power(enum operation_type type)
{
	return !rows[type].is_not_about_power;
}

char *operation_digest_new(const struct rendered_operation *operation)
{
	cleanup(json) json_t *content =
		json_pack("[s, s, I, s*, s*]", operation_type_name(operation->type), operation->machine,
			  (json_int_t)operation->grace_period, operation->snapshot, operation->target);
	cleanup(free) char *text = json_text_new(content);
	char digest[SHA256_TEXT_SIZE];

	sha256_text(text, strlen(text), digest);
	return string_copy_n(digest, DIGEST_LENGTH);
}

/* A snapshot is asked for by its name later; of the others only the outcome counts. */
static char *object_name_new(const struct operation_run_of *of)
{
	const struct rendered_operation *operation = of->operation;

	if (operation->type == OPERATION_SNAPSHOT)
		return string_copy(operation->snapshot);
	return string_format("%.*s-%s", OBJECT_NAME_MAX, operation->name, of->run);
}

static char *object_path_new(const struct operation_run_of *of, const char *name)
{
	const struct operation_row *row = &rows[of->operation->type];

	return string_format("/apis/%s/%s/namespaces/%s/%s%s%s", row->group, row->version, of->namespace_name,
			     row->plural, name ? "/" : "", name ? name : "");
}

char *operation_path_new(const struct operation_run_of *of)
{
	const struct operation_row *row = &rows[of->operation->type];

	if (row->verb == NULL)
		return object_path_new(of, NULL);
	return string_format("/apis/subresources.kubevirt.io/v1/namespaces/%s/%s/%s/%s", of->namespace_name,
			     row->resource, of->operation->machine, row->verb);
}

static char *kubevirt_path_new(const struct operation_run_of *of, const char *resource)
{
	return string_format("/apis/kubevirt.io/v1/namespaces/%s/%s/%s", of->namespace_name, resource,
			     of->operation->machine);
}

char *operation_machine_path_new(const struct operation_run_of *of)
{
	return kubevirt_path_new(of, MACHINES);
}

char *operation_watch_path_new(const struct operation_run_of *of)
{
	cleanup(free) char *name = NULL;

	if (rows[of->operation->type].seen_on != ON_OBJECT)
		return kubevirt_path_new(of, rows[of->operation->type].seen_on == ON_INSTANCE ? INSTANCES : MACHINES);
	name = object_name_new(of);
	return object_path_new(of, name);
}

char *operation_object_label_new(const struct operation_run_of *of)
{
	cleanup(free) char *name = object_name_new(of);

	return string_format("%s %s", rows[of->operation->type].kind, name);
}

static char *mark_new(const struct operation_run_of *of)
{
	return string_format("%s/%s", of->operation->name, of->run);
}

bool operation_made(const struct operation_run_of *of, const json_t *object)
{
	cleanup(free) char *mark = mark_new(of);

	return text_equal(mark, object_annotation(object, ANNOTATION_OPERATION));
}

static json_t *machine_reference_build(const char *name)
{
	return json_pack("{s:s, s:s, s:s}", "apiGroup", "kubevirt.io", "kind", "VirtualMachine", "name", name);
}

/* The restored disks keep their names, so that the machine stays as Git has it; and they stay when it goes. */
static json_t *restore_spec_build(const struct rendered_operation *operation)
{
	return json_pack("{s:o, s:s, s:s, s:s}", "target", machine_reference_build(operation->machine),
			 "virtualMachineSnapshotName", operation->snapshot, "volumeRestorePolicy", "InPlace",
			 "volumeOwnershipPolicy", "None");
}

/* The clone is nobody's: neither labsync nor the Services of the lab take it for the original. */
static json_t *clone_spec_build(const struct rendered_operation *operation)
{
	cleanup(json) json_t *filters = json_pack("[s, s, s]", "*", "!labsync.dev/*", "!app.kubernetes.io/*");

	return json_pack("{s:o, s:o, s:O, s:O, s:{s:O, s:O}}", "source", machine_reference_build(operation->machine),
			 "target", machine_reference_build(operation->target), "labelFilters", filters,
			 "annotationFilters", filters, "template", "labelFilters", filters, "annotationFilters",
			 filters);
}

static json_t *spec_build(const struct rendered_operation *operation)
{
	switch (operation->type) {
	case OPERATION_SNAPSHOT:
		return json_pack("{s:o}", "source", machine_reference_build(operation->machine));
	case OPERATION_RESTORE:
		return restore_spec_build(operation);
	case OPERATION_CLONE:
		return clone_spec_build(operation);
	default:
		return json_pack("{s:s}", "vmiName", operation->machine);
	}
}

static json_t *object_build(const struct operation_run_of *of)
{
	const struct operation_row *row = &rows[of->operation->type];
	cleanup(free) char *name = object_name_new(of);
	cleanup(free) char *mark = mark_new(of);
	json_t *object =
		json_pack("{s:s, s:{s:s, s:s, s:{s:s, s:s}, s:{s:s}}, s:o}", "kind", row->kind, "metadata", "name",
			  name, "namespace", of->namespace_name, "labels", LABEL_MANAGED_BY, "labsync", LABEL_PART_OF,
			  of->lab, "annotations", ANNOTATION_OPERATION, mark, "spec", spec_build(of->operation));

	json_object_set_new(object, "apiVersion", json_sprintf("%s/%s", row->group, row->version));
	return object;
}

/* The two subresources name the same thing differently. */
static json_t *options_build(const struct rendered_operation *operation)
{
	const char *field = operation->type == OPERATION_STOP ? "gracePeriod" : "gracePeriodSeconds";

	if (operation->grace_period == OPERATION_GRACE_NONE)
		return json_object();
	return json_pack("{s:I}", field, (json_int_t)operation->grace_period);
}

json_t *operation_body_build(const struct operation_run_of *of)
{
	return rows[of->operation->type].verb ? options_build(of->operation) : object_build(of);
}
